import type { FilePlace } from '../../scenario/verification.ts';
import type { DataSentReport } from '../data-sent/tracker.ts';
import { VERDICT_STATUSES, type Verdict, type VerdictStatus } from '../verdict.ts';

/** Forms in which a report is printed. */
export const REPORT_FORMATS = ['pretty', 'json', 'junit', 'tap', 'github', 'markdown', 'html'] as const;

/** A form in which a report is printed. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What has become of an entry of the timeline. */
export type TimelineStatus = 'pending' | 'done' | 'failed';

/** What became of one entry of the timeline. */
export interface TimelineReport {
  /** The action by its name, and when it was to be done. */
  readonly action: string;
  readonly when: string;
  readonly place: FilePlace | undefined;
  readonly status: TimelineStatus;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** Why it could not be done. */
  readonly reason: string | undefined;
}

/** What one fault did. */
export interface FaultReport {
  readonly id: string;
  readonly on: string;
  /** What it does, in a few words. */
  readonly does: string;
  /** Requests, or connections, that it was applied to. */
  readonly applied: number;
}

/** What became of one scenario. */
export interface Suite {
  /** Name of the scenario. */
  readonly scenario: string;
  /** The file it was read from; undefined where it came as an object or a text without name. */
  readonly file: string | undefined;
  /** Id of the organization. */
  readonly organization: string;
  /** Of all verdicts, declarations and actions of the timeline together. */
  readonly status: VerdictStatus;
  /** Virtual time of verifying, milliseconds since the epoch. */
  readonly at: number;
  /** Real time of verifying, milliseconds since the epoch. */
  readonly wallAt: number;
  /** Requests of the organization. */
  readonly exchanges: number;
  /** One for each expectation, in the order of the file. */
  readonly verdicts: readonly Verdict[];
  /** One for each declaration that is held. */
  readonly dataSent: readonly DataSentReport[];
  /** What became of the actions of the timeline. */
  readonly timeline: readonly TimelineReport[];
  /** What went wrong by the fault tables. */
  readonly faults: readonly FaultReport[];
}

/** How many verdicts there are of each status. */
export type Counts = { readonly [Status in VerdictStatus]: number };

/** What became of a run: every format is made from this one value. */
export interface Report {
  /** Of all suites together: one that failed makes all fail, one that is unknown leaves all unknown. */
  readonly status: VerdictStatus;
  /** How many verdicts there are of each status. */
  readonly counts: Counts;
  /** One for each organization. */
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
