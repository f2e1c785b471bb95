import { shownDuration } from '../core/duration.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import type { ExchangeView } from '../engine/matching/exchange-view.ts';
import type { Range } from '../engine/matching/matcher.ts';
import { type Clause, compileClauses, isTooDeep } from '../engine/matching/where.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { OperationExpectation, Within } from '../scenario/verification.ts';
import { counted, shownClauses, shownTimes, times } from './explain.ts';
import type { CompiledExpectation, Tracker } from './tracker.ts';
import { type Evidence, type Outcome, PASSED } from './verdict.ts';

interface Window {
  readonly opens: RegExp;
  readonly where: readonly Clause[];
  readonly time: number;
  /** Text for reasons: `dep.session where …`. */
  readonly shown: string;
}

interface Compiled {
  readonly operation: string;
  readonly pattern: RegExp;
  readonly where: readonly Clause[];
  readonly fields: readonly Clause[];
  readonly each: readonly Clause[];
  readonly range: Range | undefined;
  readonly window: Window | undefined;
}

/** @throws WhereError */
export async function compileOperation(definition: OperationExpectation): Promise<CompiledExpectation> {
  const { operation, within } = definition;
  const plan: Compiled = {
    operation,
    pattern: operationPattern(operation),
    where: await compileClauses(definition.where ?? {}),
    fields: await compileClauses(definition.fields ?? {}),
    each: await compileClauses(definition.each ?? {}),
    range: definition.times,
    window: within && (await compileWindow(within)),
  };
  const expected = expectedOf(plan);
  return {
    expected,
    name: definition.name ?? expected,
    wants: (name) =>
      name !== undefined && (plan.pattern.test(name) || (plan.window?.opens.test(name) ?? false)),
    start: () => new OperationTracker(plan),
  };
}

async function compileWindow({ after, where: selecting = {}, time }: Within): Promise<Window> {
  const where = await compileClauses(selecting);
  const shown = where.length === 0 ? after : `${after} where ${shownClauses(where)}`;
  return { opens: operationPattern(after), where, time, shown };
}

function expectedOf({ operation, where, fields, each, range, window }: Compiled): string {
  const parts = [range?.at_most === 0 ? `never ${operation}` : `${operation} ${shownTimes(range)}`];
  if (where.length > 0) parts.push(`where ${shownClauses(where)}`);
  if (window !== undefined) parts.push(`within ${shownDuration(window.time)} after ${window.shown}`);
  if (fields.length > 0) parts.push(`one of them: ${shownClauses(fields)}`);
  if (each.length > 0) parts.push(`each of them: ${shownClauses(each)}`);
  return parts.join('; ');
}

/** An exchange that almost matches: how many clauses fail, and the first of them. */
interface Miss {
  readonly failing: number;
  readonly evidence: Evidence;
}

/** Whether clauses need a body of which the journal has only the first part. */
const isIncomplete = ({ partial, view }: ObservedExchange, clauses: readonly Clause[]): boolean =>
  partial &&
  clauses.some(
    ({ location }) =>
      location.startsWith('$.body') ||
      location === 'push_magic' ||
      (location.startsWith('$.response') && view.response !== undefined),
  );

class OperationTracker implements Tracker {
  readonly #plan: Compiled;
  #seen = 0;
  #matches = 0;
  #firstMatch: Evidence | undefined;
  #lastMatch: Evidence | undefined;
  #satisfied = false;
  #violations = 0;
  #violation: Evidence | undefined;
  #missedFields: Miss | undefined;
  #missedWhere: Miss | undefined;
  #late: Evidence | undefined;
  #opened: number | undefined;
  #unverifiable = 0;

  constructor(plan: Compiled) {
    this.#plan = plan;
  }

  observe(exchange: ObservedExchange): void {
    const { pattern, window } = this.#plan;
    const operation = exchange.operation!;
    if (pattern.test(operation)) this.#consider(exchange, operation);
    // Last, because the exchange that opens the period is not in it.
    if (this.#opened === undefined && window?.opens.test(operation)) this.#open(exchange, window);
  }

  #open(exchange: ObservedExchange, { where }: Window): void {
    this.#unlessTooDeep(() => {
      if (isIncomplete(exchange, where)) this.#unverifiable += 1;
      else if (where.every((clause) => clause.holds(exchange.view, 'some'))) this.#opened = exchange.at;
    });
  }

  #consider(exchange: ObservedExchange, operation: string): void {
    this.#seen += 1;
    this.#unlessTooDeep(() => this.#compare(exchange, operation));
  }

  /** A body that is nested too deeply makes the outcome unknown. The verifier reports any other error as a failure. */
  #unlessTooDeep(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      this.#unverifiable += 1;
    }
  }

  #compare(exchange: ObservedExchange, operation: string): void {
    const { where, fields, each, window } = this.#plan;
    if (isIncomplete(exchange, where)) {
      this.#unverifiable += 1;
      return;
    }
    const { view } = exchange;
    if (!where.every((clause) => clause.holds(view, 'some'))) {
      this.#missedWhere = nearer(this.#missedWhere, where, exchange, operation, 'some');
      return;
    }
    if (window !== undefined && !this.#isOpen(exchange.at, window)) {
      this.#late ??= this.#opened === undefined ? undefined : evidenceOf(exchange, operation);
      return;
    }
    this.#matches += 1;
    this.#lastMatch = evidenceOf(exchange, operation);
    this.#firstMatch ??= this.#lastMatch;
    if (isIncomplete(exchange, fields) || isIncomplete(exchange, each)) {
      this.#unverifiable += 1;
      return;
    }
    this.#assert(exchange, operation, view);
  }

  #isOpen(at: number, { time }: Window): boolean {
    return this.#opened !== undefined && at >= this.#opened && at <= this.#opened + time;
  }

  #assert(exchange: ObservedExchange, operation: string, view: ExchangeView): void {
    const { fields, each } = this.#plan;
    if (!this.#satisfied && fields.length > 0) {
      if (fields.every((clause) => clause.holds(view, 'every'))) this.#satisfied = true;
      else this.#missedFields = nearer(this.#missedFields, fields, exchange, operation, 'every');
    }
    if (each.length > 0 && !each.every((clause) => clause.holds(view, 'every'))) {
      this.#violations += 1;
      this.#violation ??= nearer(undefined, each, exchange, operation, 'every').evidence;
    }
  }

  outcome(gap: string | undefined): Outcome {
    const certain = this.#certainFailure();
    if (certain !== undefined) return certain;
    const incomplete =
      this.#unverifiable === 0
        ? undefined
        : `${counted(this.#unverifiable, 'exchange')} of ${this.#plan.operation} cannot be verified: the body is incomplete or nested too deeply`;
    const unknown = gap ?? incomplete;
    return unknown === undefined ? this.#finalOutcome() : { status: 'unknown', reason: unknown };
  }

  /** A failure that no further exchange can change. */
  #certainFailure(): Outcome | undefined {
    const { operation, range } = this.#plan;
    if (this.#violations > 0) {
      const rest = `${this.#violations} of ${this.#matches} matching exchanges`;
      return failed(
        `${rest} ${this.#violations === 1 ? 'does' : 'do'} not satisfy \`each\``,
        this.#violation,
      );
    }
    const most = range?.at_most;
    if (most === undefined || this.#matches <= most) return undefined;
    if (most === 0) return failed(`${operation} was sent ${times(this.#matches)}`, this.#firstMatch);
    return failed(
      `${operation} was sent ${times(this.#matches)}, expected at most ${times(most)}`,
      this.#lastMatch,
    );
  }

  #finalOutcome(): Outcome {
    const { operation, range, fields, each, window } = this.#plan;
    if (window !== undefined && this.#opened === undefined) {
      return failed(`${window.shown} was never sent, so the period after it did not start`);
    }
    const asserts = fields.length > 0 || each.length > 0;
    const least = Math.max(range === undefined ? 1 : (range.at_least ?? 0), asserts ? 1 : 0);
    if (this.#matches < least) return this.#tooFew(least);
    if (fields.length > 0 && !this.#satisfied) {
      const how = this.#matches === 1 ? 'not with these fields' : 'never with all of these fields';
      return failed(
        `${operation} was sent ${times(this.#matches)}, but ${how}`,
        this.#missedFields?.evidence,
      );
    }
    return PASSED;
  }

  #tooFew(least: number): Outcome {
    const { operation, where, window } = this.#plan;
    if (this.#seen === 0) return failed(`${operation} was never sent`);
    if (this.#matches === 0 && this.#late !== undefined) {
      return failed(
        `${operation} was not sent within ${shownDuration(window!.time)} after ${window!.shown}`,
        {
          ...this.#late,
          difference: `it was sent ${shownDuration(this.#late.at - this.#opened!)} after ${window!.shown}`,
        },
      );
    }
    if (this.#matches === 0 && where.length > 0) {
      return failed(
        `${operation} was sent ${times(this.#seen)}, but never where ${shownClauses(where)}`,
        this.#missedWhere?.evidence,
      );
    }
    if (this.#matches === 0)
      return failed(`${operation} was sent ${times(this.#seen)}, but only before ${window?.shown}`);
    return failed(
      `${operation} was sent ${times(this.#matches)}, expected at least ${times(least)}`,
      this.#lastMatch,
    );
  }
}

const failed = (reason: string, nearest?: Evidence): Outcome => ({ status: 'failed', reason, nearest });

const evidenceOf = ({ seq, at }: ObservedExchange, operation: string): Evidence => ({ seq, operation, at });

/** The exchange that fails fewer clauses; the earlier one if both fail the same number. */
function nearer(
  before: Miss | undefined,
  clauses: readonly Clause[],
  exchange: ObservedExchange,
  operation: string,
  quantifier: 'some' | 'every',
): Miss {
  const { view } = exchange;
  const failing = clauses.filter((clause) => !clause.holds(view, quantifier));
  if (before !== undefined && before.failing <= failing.length) return before;
  const [first] = failing;
  const difference =
    first &&
    `${first.location} must be ${first.wanted}, but ${first.difference(view) ?? 'it is another value'}`;
  return { failing: failing.length, evidence: { ...evidenceOf(exchange, operation), difference } };
}
