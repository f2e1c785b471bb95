import { preciseInstant } from '../../core/clock.ts';
import type { Evidence, Verdict } from '../verdict.ts';
import type { Report, Suite, TimelineReport } from './report.ts';

/** JSON for programs: names as in the control API, times as text. */
export function json(report: Report): string {
  return `${JSON.stringify(jsonReport(report), undefined, 2)}\n`;
}

export function jsonReport({ status, counts, suites }: Report): Record<string, unknown> {
  return { status, counts, suites: suites.map(suiteJson) };
}

const evidenceJson = ({ seq, operation, at, difference }: Evidence) => ({
  seq,
  operation,
  at: preciseInstant(at),
  ...(difference === undefined ? {} : { difference }),
});

const verdictJson = ({ name, status, expected, place, reason, nearest, warnings }: Verdict) => ({
  name,
  status,
  expected,
  ...(place === undefined ? {} : { place }),
  ...(reason === undefined ? {} : { reason }),
  ...(nearest === undefined ? {} : { nearest: evidenceJson(nearest) }),
  ...(warnings === undefined || warnings.length === 0 ? {} : { warnings }),
});

const timelineJson = ({ action, when, status, at, reason, place }: TimelineReport) => ({
  action,
  when,
  status,
  ...(at === undefined ? {} : { at: preciseInstant(at) }),
  ...(reason === undefined ? {} : { reason }),
  ...(place === undefined ? {} : { place }),
});

function suiteJson(suite: Suite) {
  return {
    scenario: suite.scenario,
    ...(suite.file === undefined ? {} : { file: suite.file }),
    organization: suite.organization,
    status: suite.status,
    at: preciseInstant(suite.at),
    wall_at: preciseInstant(suite.wallAt),
    requests: suite.exchanges,
    verdicts: suite.verdicts.map(verdictJson),
    timeline: suite.timeline.map(timelineJson),
    ...(suite.faults.length === 0 ? {} : { faults: suite.faults }),
    data_sent: suite.dataSent.map(({ declaration, file, source, rows, undeclared, overflow }) => ({
      declaration,
      ...(file === undefined ? {} : { file }),
      ...(source === undefined ? {} : { source }),
      rows: rows.map(({ usedFor, personalData, ...row }) => ({
        ...row,
        personal_data: personalData,
        ...(usedFor === undefined ? {} : { used_for: usedFor }),
      })),
      undeclared: undeclared.map(({ personalData, ...value }) => ({
        ...value,
        ...(personalData === undefined ? {} : { personal_data: personalData }),
      })),
      ...(overflow === undefined ? {} : { overflow }),
    })),
  };
}
