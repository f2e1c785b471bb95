import { randomAt } from '../../core/random.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ExchangeView } from '../matching/exchange-view.ts';
import type { Where, WhereTest } from '../matching/where.ts';
import type { AppliedFault } from './applied-fault.ts';
import { drawFromBuckets } from './buckets.ts';
import type { FaultDefinition, RateLimit } from './definition.ts';
import {
  checkFault,
  type Fault,
  type FaultMatch,
  type FaultScope,
  type FaultTally,
  faultArea,
  faultsOf,
  freeFaultId,
  timesOf,
} from './fault-area.ts';
import { drawLatency } from './latency.ts';
import { operationPattern } from './operation-pattern.ts';
import { type Stage, stageOf } from './stage.ts';

export type { Fault, FaultTally } from './fault-area.ts';

/** A definition with its compiled patterns. */
export interface ReadyFault {
  readonly definition: FaultDefinition;
  readonly stage: Stage;
  readonly operation: RegExp;
  readonly host: RegExp | undefined;
  readonly where: WhereTest | undefined;
}

/** Compiled patterns by definition. The state has the definitions alone. */
const ready = new WeakMap<FaultDefinition, ReadyFault>();

/** The request, or the peer of the TLS port, that faults are matched with. */
export interface FaultContext {
  readonly host: string | undefined;
  readonly view: () => ExchangeView;
  /** A fault on `*` applies to the operations of services that have its error. */
  readonly knowsError?: ((name: string) => boolean) | undefined;
  /** Keys of the buckets of a rate limit; none if the request has no credential or device. */
  readonly rateLimitKeys?: ((by: RateLimit['by']) => readonly string[]) | undefined;
}

async function testOf(where: Where): Promise<WhereTest> {
  const { compileWhere } = await import('../matching/where.ts');
  return compileWhere(where);
}

/** Compiles the patterns of a fault. @throws WhereError for a pattern that is wrong */
export async function readyFault(definition: FaultDefinition): Promise<ReadyFault> {
  const known = ready.get(definition);
  if (known !== undefined) return known;
  const fault = {
    definition,
    stage: stageOf(definition),
    operation: operationPattern(definition.on),
    host: definition.host === undefined ? undefined : operationPattern(definition.host.toLowerCase()),
    where: definition.where === undefined ? undefined : await testOf(definition.where),
  };
  ready.set(definition, fault);
  return fault;
}

/** The faults of one organization, in the order in which they were set. The first that applies wins. */
export class FaultTable {
  readonly #organization: Organization;
  readonly #scope: FaultScope;

  constructor(organization: Organization, scope: FaultScope = 'organization') {
    this.#organization = organization;
    this.#scope = scope;
  }

  /** What the current faults and those that were removed have done. */
  get tally(): readonly Readonly<FaultTally>[] {
    const { former } = this.#organization.read(faultArea);
    return [...former.filter(({ scope }) => scope === this.#scope), ...this.faults];
  }

  get faults(): readonly Fault[] {
    return faultsOf(this.#organization.read(faultArea), this.#scope);
  }

  /** Compiles the patterns of all faults that are set. @throws WhereError for a pattern that is wrong */
  async prepare(): Promise<void> {
    await Promise.all(this.faults.map(({ definition }) => readyFault(definition)));
  }

  /** @throws FaultTableError if the fault cannot be set */
  async add(definition: FaultDefinition): Promise<Fault> {
    return this.set(await readyFault(definition));
  }

  /** @throws FaultTableError if the fault cannot be set */
  set({ definition }: ReadyFault): Fault {
    const { runtime } = this.#organization;
    const id = definition.id ?? freeFaultId(this.#scope, this.faults);
    checkFault(id, this.faults);
    const random = runtime.random(`fault ${id}`).position();
    const fault = { id, definition, ...timesOf(definition, runtime.clock.now()), random };
    this.#organization.apply({ type: 'fault_set', scope: this.#scope, fault });
    return this.faults.at(-1)!;
  }

  /** @returns whether it was set */
  remove(id: string): boolean {
    if (!this.faults.some((fault) => fault.id === id)) return false;
    this.#organization.apply({ type: 'fault_removed', scope: this.#scope, id });
    return true;
  }

  clear(): void {
    this.#organization.apply({ type: 'faults_cleared', scope: this.#scope });
  }

  /** Whether a fault of this stage looks at the host name. */
  matchesHost(stage: Stage): boolean {
    return this.faults.some(({ definition }) => {
      const fault = ready.get(definition);
      return fault?.stage === stage && fault.host !== undefined;
    });
  }

  /**
   * The fault that applies to a request, or to a peer of the TLS port. Every fault that matches counts the request, also
   * after the one that applies: the second request is the second for all of them.
   *
   * @param above a fault of another table that applies already
   */
  match(
    stage: Stage,
    operation: string,
    context: FaultContext,
    above?: AppliedFault,
  ): AppliedFault | undefined {
    const { faults } = this;
    if (faults.length === 0) return above;
    const now = this.#organization.runtime.clock.now();
    const matches: FaultMatch[] = [];
    let applied = above;
    for (const fault of faults) {
      const keys = matchedKeys(fault, stage, operation, context, now);
      if (keys === undefined) continue;
      if (applied !== undefined) {
        matches.push({ id: fault.id, applied: false });
        continue;
      }
      const drawn = draw(fault, keys, now);
      matches.push(drawn.match);
      applied = drawn.applied;
    }
    if (matches.length > 0) this.#organization.apply({ type: 'faults_matched', scope: this.#scope, matches });
    return applied;
  }
}

/** Rate-limit keys of a request that a fault matches, none without a rate limit; undefined if it does not match. */
function matchedKeys(
  { definition, from, until }: Fault,
  stage: Stage,
  operation: string,
  context: FaultContext,
  now: number,
): readonly string[] | undefined {
  const fault = ready.get(definition);
  if (fault?.stage !== stage || !fault.operation.test(operation)) return undefined;
  const { answer, rateLimit } = definition;
  if (answer !== undefined && 'error' in answer && context.knowsError?.(answer.error) === false)
    return undefined;
  if ((from !== undefined && now < from) || (until !== undefined && now >= until)) return undefined;
  if (fault.host !== undefined && !fault.host.test(context.host ?? '')) return undefined;
  if (fault.where !== undefined && !fault.where(context.view())) return undefined;
  if (rateLimit === undefined) return [];
  const keys = context.rateLimitKeys?.(rateLimit.by) ?? [];
  return keys.length === 0 ? undefined : keys;
}

interface Drawn {
  readonly match: FaultMatch;
  readonly applied: AppliedFault | undefined;
}

/** Whether a fault that matches applies, and with what. */
function draw(
  { id, definition, matched, applied, random: at, buckets }: Fault,
  keys: readonly string[],
  now: number,
): Drawn {
  const { nth, times, probability, latency, rateLimit } = definition;
  const missed: Drawn = { match: { id, applied: false }, applied: undefined };
  if (nth !== undefined && matched + 1 !== nth) return missed;
  if (times !== undefined && applied >= times) return missed;
  const random = randomAt(at);
  if (probability !== undefined && random.fraction() >= probability)
    return { match: { id, applied: false, random: random.position() }, applied: undefined };
  const bucket = rateLimit === undefined ? undefined : drawFromBuckets(buckets, rateLimit, keys, now);
  if (bucket?.wait === 0)
    return {
      match: { id, applied: false, random: random.position(), buckets: bucket.uses },
      applied: undefined,
    };
  const seconds = bucket === undefined ? undefined : Math.ceil(bucket.wait / 1000);
  const fault: AppliedFault = {
    id,
    definition,
    latency: latency === undefined ? undefined : drawLatency(latency, random),
    retryAfter: definition.retryAfter ?? seconds,
  };
  return { match: { id, applied: true, random: random.position() }, applied: fault };
}
