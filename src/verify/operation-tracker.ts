import { shownDuration } from '../core/duration.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import type { ExchangeView } from '../engine/matching/exchange-view.ts';
import type { Range } from '../engine/matching/matcher.ts';
import { type Clause, compileClauses } from '../engine/matching/where.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { OperationExpectation, Within } from '../scenario/verification.ts';
import { shownClauses, shownTimes, times } from './explain.ts';
import type { CompiledExpectation, Tracker } from './tracker.ts';
import { type Evidence, type Outcome, PASSED } from './verdict.ts';

interface Window {
  readonly opens: RegExp;
  readonly where: readonly Clause[];
  readonly time: number;
  /** As reasons say it: `dep.session where …`. */
  readonly shown: string;
}

interface Plan {
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
  const plan: Plan = {
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

function expectedOf({ operation, where, fields, each, range, window }: Plan): string {
  const parts = [range?.at_most === 0 ? `never ${operation}` : `${operation} ${shownTimes(range)}`];
  if (where.length > 0) parts.push(`where ${shownClauses(where)}`);
  if (window !== undefined) parts.push(`within ${shownDuration(window.time)} after ${window.shown}`);
  if (fields.length > 0) parts.push(`one of them: ${shownClauses(fields)}`);
  if (each.length > 0) parts.push(`each of them: ${shownClauses(each)}`);
  return parts.join('; ');
}

/** A near miss: how many clauses it fails, and the first of them. */
interface Miss {
  readonly failing: number;
  readonly evidence: Evidence;
}

/** Clauses that look at what is known in part only, and so cannot be verified. */
const blurred = ({ partial, view }: ObservedExchange, clauses: readonly Clause[]): boolean =>
  partial &&
  clauses.some(
    ({ location }) =>
      location.startsWith('$.body') ||
      location === 'push_magic' ||
      (location.startsWith('$.response') && view.response !== undefined),
  );

class OperationTracker implements Tracker {
  readonly #plan: Plan;
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
  #blurred = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  see(exchanged: ObservedExchange): void {
    const { pattern, window } = this.#plan;
    const operation = exchanged.operation!;
    if (pattern.test(operation)) this.#consider(exchanged, operation);
    // After its own consideration: what opens the window does not stand in it.
    if (this.#opened === undefined && window?.opens.test(operation)) this.#open(exchanged, window);
  }

  #open(exchanged: ObservedExchange, { where }: Window): void {
    try {
      if (blurred(exchanged, where)) this.#blurred += 1;
      else if (where.every((clause) => clause.holds(exchanged.view, 'some'))) this.#opened = exchanged.at;
    } catch {
      this.#blurred += 1;
    }
  }

  #consider(exchanged: ObservedExchange, operation: string): void {
    const { where, fields, each, window } = this.#plan;
    this.#seen += 1;
    try {
      if (blurred(exchanged, where)) {
        this.#blurred += 1;
        return;
      }
      const { view } = exchanged;
      if (!where.every((clause) => clause.holds(view, 'some'))) {
        this.#missedWhere = nearer(this.#missedWhere, where, exchanged, operation, 'some');
        return;
      }
      if (window !== undefined && !this.#isOpen(exchanged.at, window)) {
        this.#late ??= this.#opened === undefined ? undefined : evidenceOf(exchanged, operation);
        return;
      }
      this.#matches += 1;
      this.#lastMatch = evidenceOf(exchanged, operation);
      this.#firstMatch ??= this.#lastMatch;
      if (blurred(exchanged, fields) || blurred(exchanged, each)) {
        this.#blurred += 1;
        return;
      }
      this.#assert(exchanged, operation, view);
    } catch {
      // A body too deep to walk through: nothing can be said of it.
      this.#blurred += 1;
    }
  }

  #isOpen(at: number, { time }: Window): boolean {
    return this.#opened !== undefined && at >= this.#opened && at <= this.#opened + time;
  }

  #assert(exchanged: ObservedExchange, operation: string, view: ExchangeView): void {
    const { fields, each } = this.#plan;
    if (!this.#satisfied && fields.length > 0) {
      if (fields.every((clause) => clause.holds(view, 'every'))) this.#satisfied = true;
      else this.#missedFields = nearer(this.#missedFields, fields, exchanged, operation, 'every');
    }
    if (each.length > 0 && !each.every((clause) => clause.holds(view, 'every'))) {
      this.#violations += 1;
      this.#violation ??= nearer(undefined, each, exchanged, operation, 'every').evidence;
    }
  }

  verifier(gap: string | undefined): Outcome {
    const certain = this.#certainFailure();
    if (certain !== undefined) return certain;
    const blurred =
      this.#blurred === 0
        ? undefined
        : `${this.#blurred} of the exchanges with ${this.#plan.operation} could not be looked at whole`;
    const unsure = gap ?? blurred;
    return unsure === undefined ? this.#outcome() : { status: 'unknown', reason: unsure };
  }

  /** What no further exchange could make good again. */
  #certainFailure(): Outcome | undefined {
    const { operation, range } = this.#plan;
    if (this.#violations > 0) {
      const rest = `${this.#violations} of ${this.#matches} matching exchanges`;
      return failed(`${rest} ${this.#violations === 1 ? 'is' : 'are'} not as each must be`, this.#violation);
    }
    const most = range?.at_most;
    if (most === undefined || this.#matches <= most) return undefined;
    if (most === 0) return failed(`${operation} came ${times(this.#matches)}`, this.#firstMatch);
    return failed(`${operation} came ${times(this.#matches)}, at most ${most} may`, this.#lastMatch);
  }

  #outcome(): Outcome {
    const { operation, range, fields, each, window } = this.#plan;
    if (window !== undefined && this.#opened === undefined) {
      return failed(`${window.shown} never came, so that the time after it never began`);
    }
    const asserts = fields.length > 0 || each.length > 0;
    const least = Math.max(range === undefined ? 1 : (range.at_least ?? 0), asserts ? 1 : 0);
    if (this.#matches < least) return this.#tooFew(least);
    if (fields.length > 0 && !this.#satisfied) {
      const how = this.#matches === 1 ? 'not with these fields' : 'never with all these fields';
      return failed(`${operation} came ${times(this.#matches)}, but ${how}`, this.#missedFields?.evidence);
    }
    return PASSED;
  }

  #tooFew(least: number): Outcome {
    const { operation, where, window } = this.#plan;
    if (this.#seen === 0) return failed(`${operation} never came`);
    if (this.#matches === 0 && this.#late !== undefined) {
      return failed(
        `${operation} did not come within ${shownDuration(window!.time)} after ${window!.shown}`,
        {
          ...this.#late,
          difference: `it came ${shownDuration(this.#late.at - this.#opened!)} after ${window!.shown}`,
        },
      );
    }
    if (this.#matches === 0 && where.length > 0) {
      return failed(
        `${operation} came ${times(this.#seen)}, but never where ${shownClauses(where)}`,
        this.#missedWhere?.evidence,
      );
    }
    if (this.#matches === 0)
      return failed(`${operation} came ${times(this.#seen)}, but only before ${window?.shown}`);
    return failed(`${operation} came ${times(this.#matches)}, at least ${least} must`, this.#lastMatch);
  }
}

const failed = (reason: string, nearest?: Evidence): Outcome => ({ status: 'failed', reason, nearest });

const evidenceOf = ({ seq, at }: ObservedExchange, operation: string): Evidence => ({ seq, operation, at });

/** The one of two near misses that fails fewer clauses, the earlier where both fail as many. */
function nearer(
  before: Miss | undefined,
  clauses: readonly Clause[],
  exchanged: ObservedExchange,
  operation: string,
  quantifier: 'some' | 'every',
): Miss {
  const { view } = exchanged;
  const failing = clauses.filter((clause) => !clause.holds(view, quantifier));
  if (before !== undefined && before.failing <= failing.length) return before;
  const [first] = failing;
  const difference =
    first && `${first.location} must be ${first.wanted}, but ${first.difference(view) ?? 'it is not'}`;
  return { failing: failing.length, evidence: { ...evidenceOf(exchanged, operation), difference } };
}
