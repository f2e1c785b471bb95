import type { DataSentReport } from '../data-sent/report.ts';
import type { TimelineReport } from '../timeline-report.ts';
import { VERDICT_STATUSES, type Verdict, type VerdictStatus } from '../verdict.ts';

/** What one fault did. */
export interface FaultReport {
  readonly id: string;
  readonly on: string;
  /** What it does, in a few words. */
  readonly does: string;
  /** Requests, or connections, that it struck. */
  readonly struck: number;
}

/** What became of one scenario. */
export interface Suite {
  /** Name of the scenario. */
  readonly scenario: string;
  readonly file: string | undefined;
  /** Id of the organization. */
  readonly organization: string;
  readonly status: VerdictStatus;
  /** Virtual and real time of judging, milliseconds since the epoch. */
  readonly at: number;
  readonly wallAt: number;
  /** Requests of the organization. */
  readonly exchanges: number;
  readonly verdicts: readonly Verdict[];
  readonly dataSent: readonly DataSentReport[];
  readonly timeline: readonly TimelineReport[];
  /** What went wrong by the fault tables. */
  readonly faults: readonly FaultReport[];
}

export type Counts = { readonly [Status in VerdictStatus]: number };

/** What became of a run: every format is made from this one value. */
export interface Report {
  readonly status: VerdictStatus;
  readonly counts: Counts;
  readonly suites: readonly Suite[];
}

/** One that failed makes all fail; one that is unknown leaves all unknown. */
export function suiteStatus(parts: readonly { readonly status: VerdictStatus }[]): VerdictStatus {
  if (parts.some(({ status }) => status === 'failed')) return 'failed';
  return parts.some(({ status }) => status === 'unknown') ? 'unknown' : 'passed';
}

export function countsOf(verdicts: readonly Verdict[]): Counts {
  const count = (wanted: VerdictStatus): number => verdicts.filter(({ status }) => status === wanted).length;
  return Object.fromEntries(VERDICT_STATUSES.map((status) => [status, count(status)])) as unknown as Counts;
}

export function reportOf(suites: readonly Suite[]): Report {
  return {
    status: suiteStatus(suites),
    counts: countsOf(suites.flatMap(({ verdicts }) => verdicts)),
    suites,
  };
}
