import type { Latency } from '../engine/faults/definition.ts';
import type { FaultTable, Fault as TableFault } from '../engine/faults/fault-table.ts';
import type {
  Duration,
  Fault,
  FaultAnswer,
  FaultTarget,
  Where,
} from '../scenario/generated/scenario-types.ts';
import { shownInstant } from './clock.ts';

/** A fault of the list, with its counts. */
export interface SetFault {
  readonly id: string;
  readonly on: FaultTarget;
  readonly host?: string | undefined;
  readonly where?: Where | undefined;
  readonly nth?: number | undefined;
  readonly times?: number | undefined;
  /** Virtual time. */
  readonly after?: string | null | undefined;
  /** Virtual time. */
  readonly until?: string | null | undefined;
  readonly probability?: number | undefined;
  readonly answer?: FaultAnswer | undefined;
  readonly rate_limit?: Fault['rate_limit'];
  readonly latency?: Fault['latency'];
  readonly bytes_per_second?: number | undefined;
  readonly retry_after?: Fault['retry_after'];
  /** The number of requests that matched. */
  readonly matched: number;
  /** The number of requests that the fault was applied to. */
  readonly applied: number;
}

/** Injected failures, in the order in which they apply. */
export interface Faults {
  /**
   * Adds a fault in the form of a scenario file.
   *
   * @returns the id of the fault
   * @throws ScenarioError if the fault is invalid, FaultTableError if its id is in use or there are too many faults
   */
  add(fault: Fault): Promise<string>;
  /** All faults. */
  readonly list: readonly SetFault[];
  /** @returns whether a fault had that id */
  remove(id: string): boolean;
  /** Removes all faults. */
  clear(): void;
}

export const faultsOf = (table: () => FaultTable): Faults => ({
  async add(fault) {
    const { parseFault } = await import('../scenario/parse.ts');
    const definition = await parseFault(fault);
    return (await table().add(definition)).id;
  },
  get list() {
    return structuredClone(table().faults.map(setFaultOf));
  },
  remove: (id) => table().remove(id),
  clear: () => table().clear(),
});

const boundedInstant = (time: number | undefined): string | null | undefined =>
  time === undefined ? undefined : shownInstant(time);

const milliseconds = (count: number): Duration => `${count}ms`;

function latencyOf(latency: Latency): Fault['latency'] {
  if (typeof latency === 'number') return milliseconds(latency);
  if ('uniform' in latency) {
    const [least, most] = latency.uniform;
    return { uniform: [milliseconds(least), milliseconds(most)] };
  }
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: milliseconds(median), sigma } };
}

/** The fault in the form that `add` accepts, with its counts. */
export function setFaultOf({ id, definition, from, until, matched, applied }: TableFault): SetFault {
  const { on, host, where, nth, times, probability, answer, latency, retryAfter } = definition;
  const { rateLimit, bytesPerSecond } = definition;
  return {
    id,
    // The schema accepts only known names.
    on: on as SetFault['on'],
    host,
    where,
    nth,
    times,
    after: boundedInstant(from),
    until: boundedInstant(until),
    probability,
    answer: (answer !== undefined && 'error' in answer ? answer.error : answer) as SetFault['answer'],
    rate_limit: rateLimit === undefined ? undefined : { ...rateLimit, per: milliseconds(rateLimit.per) },
    latency: latency === undefined ? undefined : latencyOf(latency),
    bytes_per_second: bytesPerSecond,
    retry_after: retryAfter === undefined ? undefined : `${retryAfter}s`,
    matched,
    applied,
  };
}
