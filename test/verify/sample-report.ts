import { type Report, reportOf, type Suite, suiteStatus } from '../../src/verify/report/report.ts';
import type { Verdict } from '../../src/verify/verdict.ts';

const AT = Date.parse('2026-03-02T08:00:01Z');

const FILE = 'scenarios/first-day.yaml';

const VERDICTS: readonly Verdict[] = [
  {
    name: 'never dep.devices.disown',
    expected: 'never dep.devices.disown',
    place: { file: FILE, line: 18, column: 5 },
    status: 'passed',
  },
  {
    name: 'the profile contains the support contact',
    expected: 'dep.profile.define at least once; one of them: $.body.department must be "IT"',
    place: { file: FILE, line: 12, column: 5 },
    status: 'failed',
    reason: 'dep.profile.define was sent 3 times, but never with all of these fields',
    nearest: {
      seq: 17,
      operation: 'dep.profile.define',
      at: AT,
      difference: '$.body.department must be "IT", but it is "R&D <b>"',
    },
  },
  {
    name: 'a sync, within 10m # not skipped',
    expected: 'dep.devices.sync at least once',
    place: undefined,
    status: 'unknown',
    reason: 'the journal no longer has 12 earlier exchanges',
  },
  {
    name: 'sends only declared data',
    expected: 'only data that "Ours" declares is sent to Apple; other data is a warning',
    place: { file: FILE, line: 20, column: 5 },
    status: 'passed',
    warnings: ['1 value was sent but not declared: $.body.url of dep.profile.define (https://mdm.example)'],
  },
];

const SUITE: Suite = {
  scenario: 'A Mac on its first day',
  file: FILE,
  organization: 'a-mac-on-its-first-day',
  status: suiteStatus(VERDICTS),
  at: AT + 60_000,
  wallAt: Date.parse('2026-11-24T11:00:00Z'),
  exchanges: 23,
  verdicts: VERDICTS,
  faults: [{ id: 'fault-1', on: 'dep.session', does: 'SERVICE_UNAVAILABLE', applied: 2 }],
  timeline: [
    {
      action: 'add_devices',
      when: 'after dep.profile.define',
      place: undefined,
      status: 'done',
      at: AT,
      reason: undefined,
    },
    {
      action: 'expire_terms',
      when: 'after 10m',
      place: undefined,
      status: 'pending',
      at: undefined,
      reason: undefined,
    },
  ],
  dataSent: [
    {
      declaration: 'Ours',
      file: 'scenarios/declarations/ours.yaml',
      source: 'https://mdm.example/data?a=1&b=2',
      overflow: undefined,
      rows: [
        {
          row: '1',
          service: 'DEP',
          item: 'profile_name',
          direction: 'sent',
          personalData: 'maybe',
          usedFor: 'name of the profile | for people',
          sent: 3,
          received: 0,
          operations: ['dep.profile.define'],
          sample: 'Acm••••••',
          status: 'sent',
        },
        {
          row: '2',
          service: 'VPP',
          item: 'user',
          direction: 'sent',
          personalData: 'yes',
          note: 'the name differs between versions',
          sent: 0,
          received: 0,
          operations: [],
          sample: undefined,
          status: 'not served yet',
        },
      ],
      undeclared: [
        {
          operation: 'dep.profile.define',
          location: '$.body.url',
          count: 3,
          sample: 'https://mdm.example',
          personalData: 'no',
        },
      ],
    },
  ],
};

/** A report with all kinds of content. */
export const SAMPLE: Report = reportOf([SUITE]);

/** A report without expectations and exchanges. */
export const NOTHING: Report = reportOf([
  {
    ...SUITE,
    file: undefined,
    status: 'passed',
    exchanges: 0,
    verdicts: [],
    timeline: [],
    faults: [],
    dataSent: [],
  },
]);

/** A report in which every text is hostile. */
export function hostile(text: string): Report {
  const verdicts = VERDICTS.map(
    (verdict): Verdict => ({
      ...verdict,
      name: text,
      expected: text,
      place: { file: text, line: 1, column: 1 },
      reason: text,
      nearest: { seq: 1, operation: text, at: AT, difference: text },
      warnings: [text],
    }),
  );
  const [sent] = SUITE.dataSent;
  return reportOf([
    {
      ...SUITE,
      scenario: text,
      file: text,
      organization: text,
      verdicts,
      faults: [{ id: text, on: text, does: text, applied: 1 }],
      timeline: [{ action: text, when: text, place: undefined, status: 'failed', at: AT, reason: text }],
      dataSent: [
        {
          declaration: text,
          file: text,
          source: text,
          overflow: text,
          rows: sent!.rows.map((row) => ({
            ...row,
            row: text,
            service: text,
            item: text,
            usedFor: text,
            note: text,
            sample: text,
            operations: [text],
          })),
          undeclared: [{ operation: text, location: text, count: 1, sample: text, personalData: undefined }],
        },
      ],
    },
  ]);
}
