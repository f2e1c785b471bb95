import type { Random } from '../../core/random.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { ExchangeView } from '../matching/exchange-view.ts';
import type { Where, WhereTest } from '../matching/where.ts';
import type { AppliedFault } from './applied-fault.ts';
import { Buckets, type SavedBucket } from './buckets.ts';
import type { FaultDefinition, FaultTime, RateLimit } from './definition.ts';
import { FaultTableError } from './fault-table-error.ts';
import { drawLatency } from './latency.ts';
import { operationPattern } from './operation-pattern.ts';
import { type Stage, stageOf } from './stage.ts';

/** A definition that is ready to be set at once. */
export interface ReadyFault {
  readonly definition: FaultDefinition;
  readonly stage: Stage;
  readonly operation: RegExp;
  readonly host: RegExp | undefined;
  readonly where: WhereTest | undefined;
}

export interface Fault extends ReadyFault {
  readonly id: string;
  readonly random: Random;
  readonly buckets: Buckets | undefined;
  readonly after: number;
  readonly until: number;
  /** Requests that it matched, and those that it was applied to. */
  matched: number;
  applied: number;
}

/** A fault as it stands, in plain data. */
export interface SavedFault extends Pick<Fault, 'id' | 'definition' | 'matched' | 'applied'> {
  /** Null where there is no end to that side: JSON knows no infinity. */
  readonly after: number | null;
  readonly until: number | null;
  /** Position of its random numbers. */
  readonly random: readonly number[];
  readonly buckets?: readonly SavedBucket[] | undefined;
}

/** What a fault has done. */
export type FaultTally = Pick<Fault, 'id' | 'definition' | 'matched' | 'applied'>;

/** Whom a request, or a peer, is of, as faults ask for it. */
export interface FaultContext {
  readonly host: string | undefined;
  readonly view: () => ExchangeView;
  /** A fault on `*` applies to the operations of those services that have its error. */
  readonly knowsError?: ((name: string) => boolean) | undefined;
  /** Whose buckets a rate limit takes from; none where there is nobody. */
  readonly takers?: ((by: RateLimit['by']) => readonly string[]) | undefined;
}

async function testOf(where: Where): Promise<WhereTest> {
  const { compileWhere } = await import('../matching/where.ts');
  return compileWhere(where);
}

/** Looks for patterns that cannot be. */
export async function readyFault(definition: FaultDefinition): Promise<ReadyFault> {
  return {
    definition,
    stage: stageOf(definition),
    operation: operationPattern(definition.on),
    host: definition.host === undefined ? undefined : operationPattern(definition.host.toLowerCase()),
    where: definition.where === undefined ? undefined : await testOf(definition.where),
  };
}

/** More than anybody sets by hand; a table that is looked through for each request must stay short. */
const MOST_FAULTS = 1000;

/** The faults of one organization, in the order in which they were set; the first that applies to decides. */
export class FaultTable {
  readonly #runtime: Runtime;
  readonly #word: string;
  #beginning: readonly Fault[] = [];
  /** Puts the faults there in whose midst a scenario begins. */
  #goOn: (() => void) | undefined;
  #faults: Fault[] = [];
  /** Those that were removed and had applied. */
  #former: FaultTally[] = [];

  /** @param word how faults without an id of their own are called */
  constructor(runtime: Runtime, word = 'fault') {
    this.#runtime = runtime;
    this.#word = word;
  }

  /** What was done by the faults that are set and by those that are no more. */
  get tally(): readonly FaultTally[] {
    return [...this.#former, ...this.#faults];
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /**
   * Sets what a scenario describes: `reset` comes back to it.
   *
   * @param saved in its place, with how often they were applied
   */
  async begin(definitions: readonly FaultDefinition[], saved?: readonly SavedFault[]): Promise<void> {
    if (saved !== undefined) {
      this.#goOn = await this.prepare(saved);
      this.#goOn();
      return;
    }
    for (const definition of definitions) await this.add(definition);
    this.#beginning = this.#faults;
    this.#faults = [...this.#beginning];
  }

  async add(definition: FaultDefinition): Promise<Fault> {
    return this.set(await readyFault(definition));
  }

  /** @throws FaultTableError with nothing set */
  set(ready: ReadyFault): Fault {
    const { definition } = ready;
    if (this.#faults.length >= MOST_FAULTS)
      throw new FaultTableError(`at most ${MOST_FAULTS} faults can be set`);
    const id = definition.id ?? this.#freeId();
    if (this.#faults.some((fault) => fault.id === id))
      throw new FaultTableError(`a fault ${id} is set already`);
    const fault = this.#begin({ ...ready, id });
    this.#faults.push(fault);
    return fault;
  }

  #freeId(): string {
    let number = this.#faults.length + 1;
    while (this.#faults.some((fault) => fault.id === `${this.#word}-${number}`)) number += 1;
    return `${this.#word}-${number}`;
  }

  #begin(fault: ReadyFault & Pick<Fault, 'id'>): Fault {
    const { after, until, rateLimit } = fault.definition;
    const now = this.#runtime.clock.now();
    const time = (point: FaultTime | undefined, otherwise: number): number =>
      point === undefined ? otherwise : 'at' in point ? point.at : now + point.elapsed;
    return {
      ...fault,
      random: this.#runtime.random(`fault ${fault.id}`),
      buckets: rateLimit === undefined ? undefined : new Buckets(rateLimit),
      after: time(after, Number.NEGATIVE_INFINITY),
      until: time(until, Number.POSITIVE_INFINITY),
      matched: 0,
      applied: 0,
    };
  }

  remove(id: string): boolean {
    const fault = this.#faults.find((one) => one.id === id);
    if (fault === undefined) return false;
    this.#faults = this.#faults.filter((one) => one !== fault);
    this.#remember([fault]);
    return true;
  }

  clear(): void {
    this.#remember(this.#faults);
    this.#faults = [];
  }

  #remember(removed: readonly Fault[]): void {
    const fired = removed
      .filter(({ applied }) => applied > 0)
      .map(({ id, definition, matched, applied }) => ({ id, definition, matched, applied }));
    this.#former = [...this.#former, ...fired].slice(-MOST_FAULTS);
  }

  reset(): void {
    if (this.#goOn !== undefined) {
      this.#goOn();
      return;
    }
    this.#former = [];
    this.#faults = this.#beginning.map((fault) => this.#begin(fault));
  }

  save(): readonly SavedFault[] {
    return this.#faults.map(({ id, definition, after, until, matched, applied, random, buckets }) => ({
      id,
      definition,
      after: Number.isFinite(after) ? after : null,
      until: Number.isFinite(until) ? until : null,
      matched,
      applied,
      random: random.position(),
      ...(buckets === undefined ? {} : { buckets: buckets.save() }),
    }));
  }

  /** Makes ready what was saved. @returns how to put it in place of what is set now */
  async prepare(saved: readonly SavedFault[]): Promise<() => void> {
    const ready = await Promise.all(saved.map(({ definition }) => readyFault(definition)));
    return () => {
      this.#former = [];
      this.#faults = saved.map(({ random, id, definition, buckets, after, until, ...counted }, index) => {
        const { rateLimit } = definition;
        const fault = {
          ...this.#begin({ ...ready[index]!, id }),
          ...counted,
          after: after ?? Number.NEGATIVE_INFINITY,
          until: until ?? Number.POSITIVE_INFINITY,
          ...(rateLimit === undefined ? {} : { buckets: new Buckets(rateLimit, buckets) }),
        };
        fault.random.moveTo(random);
        return fault;
      });
    };
  }

  /** Whether a fault of this stage looks at the host name. */
  asksHost(stage: Stage): boolean {
    return this.#faults.some((fault) => fault.stage === stage && fault.host !== undefined);
  }

  /**
   * What applies to a request, or a peer that comes to the TLS port. Every fault that it matches counts it, also those
   * below the one that applies: the second request is the second for all of them.
   *
   * @param above what a table above this one applied it with
   */
  match(
    stage: Stage,
    operation: string,
    context: FaultContext,
    above?: AppliedFault,
  ): AppliedFault | undefined {
    if (this.#faults.length === 0) return above;
    const now = this.#runtime.clock.now();
    let applied = above;
    for (const fault of this.#faults) {
      if (fault.stage !== stage || !fault.operation.test(operation)) continue;
      const takers = this.#matches(fault, context, now);
      if (takers === undefined) continue;
      fault.matched += 1;
      applied ??= this.#draw(fault, takers, now);
    }
    return applied;
  }

  /** Whose buckets a rate limit takes from, nobody's for most; undefined where the request is not for this fault. */
  #matches(fault: Fault, context: FaultContext, now: number): readonly string[] | undefined {
    const { answer, rateLimit } = fault.definition;
    if (answer !== undefined && 'error' in answer && context.knowsError?.(answer.error) === false)
      return undefined;
    if (now < fault.after || now >= fault.until) return undefined;
    if (fault.host !== undefined && !fault.host.test(context.host ?? '')) return undefined;
    if (fault.where !== undefined && !fault.where(context.view())) return undefined;
    if (rateLimit === undefined) return [];
    const takers = context.takers?.(rateLimit.by) ?? [];
    return takers.length === 0 ? undefined : takers;
  }

  #draw(fault: Fault, takers: readonly string[], now: number): AppliedFault | undefined {
    const { id, definition, random, buckets } = fault;
    const { nth, times, probability, latency } = definition;
    if (nth !== undefined && fault.matched !== nth) return undefined;
    if (times !== undefined && fault.applied >= times) return undefined;
    if (probability !== undefined && random.fraction() >= probability) return undefined;
    const wait = buckets?.take(takers, now);
    if (wait === 0) return undefined;
    fault.applied += 1;
    return {
      id,
      definition,
      latency: latency === undefined ? undefined : drawLatency(latency, random),
      retryAfter: definition.retryAfter ?? (wait === undefined ? undefined : Math.ceil(wait / 1000)),
    };
  }
}
