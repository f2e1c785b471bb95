import type { Fault, FaultAnswer, FaultTarget, Where } from '../scenario/generated/scenario-types.ts';

/** A fault that is set, with what it has done. */
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
  /** Requests that it matched. */
  readonly matched: number;
  /** Requests that it was applied to. */
  readonly applied: number;
}

/** What shall go wrong, in the order in which faults apply. */
export interface Faults {
  /**
   * Sets a fault, in the form of a scenario file.
   *
   * @returns its id
   * @throws ScenarioError where it is wrong, FaultError where its id is taken or there are too many
   */
  add(fault: Fault): Promise<string>;
  /** The faults that are set. */
  readonly list: readonly SetFault[];
  /** @returns whether there was one of that id */
  remove(id: string): boolean;
  /** Removes all. */
  clear(): void;
}
