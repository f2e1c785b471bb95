import type { TimelineStatus } from '../../scenario/timeline-progress.ts';
import type { FilePlace } from '../../scenario/verification.ts';
import type { DataSentReport } from '../data-sent/tracker.ts';
import { VERDICT_STATUSES, type Verdict, type VerdictStatus } from '../verdict.ts';

/** The report formats. */
export const REPORT_FORMATS = ['pretty', 'json', 'junit', 'tap', 'github', 'markdown', 'html'] as const;

/** A report format. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The result of one timeline entry. */
export interface TimelineReport {
  /** Name of the action. */
  readonly action: string;
  /** When it runs, as text. */
  readonly when: string;
  readonly place: FilePlace | undefined;
  readonly status: TimelineStatus;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** Why the action failed. */
  readonly reason: string | undefined;
}

/** How often one fault was applied. */
export interface FaultReport {
  readonly id: string;
  readonly on: string;
  /** Its effect, as text. */
  readonly does: string;
  /** Number of requests or connections. */
  readonly applied: number;
}

/** The results of one organization. */
export interface Suite {
  /** Name of the scenario. */
  readonly scenario: string;
  /** The scenario file; undefined if the scenario was an object or text without a file name. */
  readonly file: string | undefined;
  /** Id of the organization. */
  readonly organization: string;
  /** The combined status of expectations and timeline actions. */
  readonly status: VerdictStatus;
  /** Virtual time of the report, milliseconds since the epoch. */
  readonly at: number;
  /** Real time of the report, milliseconds since the epoch. */
  readonly wallAt: number;
  /** Number of requests of the organization. */
  readonly exchanges: number;
  /** One for each expectation, in the order of the file. */
  readonly verdicts: readonly Verdict[];
  /** One for each data-sent expectation. */
  readonly dataSent: readonly DataSentReport[];
  /** One for each timeline entry. */
  readonly timeline: readonly TimelineReport[];
  /** One for each fault. */
  readonly faults: readonly FaultReport[];
}

/** Number of verdicts of each status. */
export type Counts = { readonly [Status in VerdictStatus]: number };

/** The results of a test run. Every format prints this value. */
export interface Report {
  /** Failed if a suite failed, else unknown if a suite is unknown. */
  readonly status: VerdictStatus;
  /** Number of verdicts of each status. */
  readonly counts: Counts;
  /** One for each organization. */
  readonly suites: readonly Suite[];
}

/** Failed if a part failed, else unknown if a part is unknown. */
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
