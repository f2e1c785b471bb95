import { preciseInstant } from '../../core/clock.ts';
import { aboutOperation } from '../../scenario/operations.ts';
import type { DataSentReport, ReportedRow, RowStatus } from '../data-sent/tracker.ts';
import { counted } from '../explain.ts';
import type { Verdict, VerdictStatus } from '../verdict.ts';
import { STYLE } from './html-style.ts';
import { details, escaped } from './message.ts';
import type { FaultReport, Report, Suite, TimelineReport } from './report.ts';

const TITLES: { readonly [Status in VerdictStatus]: string } = {
  passed: 'All expectations passed',
  failed: 'Some expectations failed',
  unknown: 'Some results are unknown',
};

/** A self-contained page for readers who do not know Crabapple, such as auditors and lawyers. */
export function html(report: Report): string {
  const { status, counts, suites } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[status]} – Crabapple report</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${status}">
<p class="tool">Report of a test run with simulated Apple services</p>
<h1>${TITLES[status]}</h1>
<p class="counts"><span>${counts.passed} passed</span><span>${counts.failed} failed</span><span>${counts.unknown} unknown</span></p>
</header>
<main>
<p class="about">In this test, a device management server (MDM server) ran against a simulation of Apple’s services. No data went
to Apple. This page lists what the server was expected to do, what it did, and which data it exchanged with the simulated
services. The result <b>unknown</b> means that the recorded data does not suffice for a result. It never counts as passed.</p>
${suites.map(suiteHtml).join('\n')}
</main>
</body>
</html>
`;
}

const DATE = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'long',
  timeStyle: 'medium',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

/** `March 2, 2026 at 08:01:01 UTC`, with the exact instant for programs. */
const timeHtml = (milliseconds: number): string =>
  `<time datetime="${preciseInstant(milliseconds)}">${DATE.format(milliseconds)} UTC</time>`;

/** An operation in words, with its name. */
function operationHtml(name: string): string {
  const about = aboutOperation(name);
  const code = `<code>${escaped(name)}</code>`;
  return about === undefined ? code : `${escaped(about)} <small>${code}</small>`;
}

function suiteHtml(suite: Suite): string {
  const facts = [
    ['Requests', String(suite.exchanges)],
    ['Organization', escaped(suite.organization)],
    ['Date of the test', timeHtml(suite.wallAt)],
    ['Simulated date', timeHtml(suite.at)],
    ...(suite.file === undefined ? [] : [['Scenario file', escaped(suite.file)] as const]),
  ];
  return `<section class="suite">
<h2>${escaped(suite.scenario)}</h2>
<dl class="facts">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>
${verdictsHtml(suite.verdicts)}
${timelineHtml(suite.timeline)}${faultsHtml(suite.faults)}
${suite.dataSent.map(dataSentHtml).join('\n')}
</section>`;
}

function verdictsHtml(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '<p>This test has no expectations.</p>';
  const order: { readonly [Status in VerdictStatus]: number } = { failed: 0, unknown: 1, passed: 2 };
  const sorted = verdicts.toSorted((one, other) => order[one.status] - order[other.status]);
  return `<h3>Expectations</h3>\n<ul class="verdicts">\n${sorted.map(verdictHtml).join('\n')}\n</ul>`;
}

const LABELS: Readonly<Record<string, string>> = {
  at: 'Defined in',
  expected: 'Expected',
  but: 'Actual',
  unknown: 'Why unknown',
  nearest: 'Closest request',
  differs: 'Difference',
  warning: 'Warning',
};

function verdictHtml(verdict: Verdict): string {
  const lines = details(verdict)
    .map(([label, text]) => `<div><dt>${LABELS[label] ?? label}</dt><dd>${escaped(text)}</dd></div>`)
    .join('');
  const open = verdict.status === 'passed' && !verdict.warnings?.length ? '' : ' open';
  return `<li class="${verdict.status}"><details${open}><summary><span class="badge">${verdict.status}</span> ${escaped(verdict.name)}</summary><dl>${lines}</dl></details></li>`;
}

const table = (heads: readonly string[], rows: readonly string[], attributes = ''): string =>
  `<div class="scroll"><table${attributes}><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;

const cells = (values: readonly string[]): string => values.map((value) => `<td>${value}</td>`).join('');

const TIMELINE_WORDS = { pending: 'pending', done: 'done', failed: 'failed' } as const;

function timelineHtml(timeline: readonly TimelineReport[]): string {
  if (timeline.length === 0) return '';
  const rows = timeline.map(({ action, when, status, at, reason }) => {
    const result = `${TIMELINE_WORDS[status]}${reason === undefined ? '' : `: ${escaped(reason)}`}`;
    const time = at === undefined ? '' : timeHtml(at);
    return `<tr>${cells([`<code>${escaped(action)}</code>`, escaped(when), result, time])}</tr>`;
  });
  return `<h3>Simulated actions of an administrator and of Apple</h3>
${table(['Action', 'When', 'Result', 'Simulated date'], rows)}`;
}

function faultsHtml(faults: readonly FaultReport[]): string {
  if (faults.length === 0) return '';
  const rows = faults.map(
    ({ id, on, does, applied }) =>
      `<tr>${cells([`<code>${escaped(id)}</code>`, operationHtml(on), escaped(does), String(applied)])}</tr>`,
  );
  return `<h3>Failures that the test caused on purpose</h3>
${table(['Id', 'Request', 'Failure', 'Times'], rows)}`;
}

const ROW_CLASSES: { readonly [Status in RowStatus]: string } = {
  sent: 'sent',
  received: 'received',
  'sent and received': 'sent',
  'not seen': 'unseen',
  'not served yet': 'unseen',
};

const LEGEND = `<details class="legend" open><summary>How to read this table</summary><dl>
<div><dt>sent</dt><dd>The server sent this data to the simulated Apple service.</dd></div>
<div><dt>received</dt><dd>The server only received this data.</dd></div>
<div><dt>not seen</dt><dd>This data did not occur in this test. It may occur in others.</dd></div>
<div><dt>not served yet</dt><dd>The simulation does not include this service, so the test cannot observe this data.</dd></div>
<div><dt>Personal data</dt><dd><b>yes</b>: identifies a person. <b>pseudonym</b>: identifies the device or account of a person.
<b>maybe</b>: free text or contact data that can identify a person. <b>no</b>: no personal data. This is not legal advice.</dd></div>
<div><dt>Sample</dt><dd>One value from the test. Dots replace the rest of a value that can identify a person, and every secret.</dd></div>
</dl></details>`;

function rowHtml(row: ReportedRow): string {
  const note = row.note === undefined ? '' : `<br><small>${escaped(row.note)}</small>`;
  const values = [
    escaped(row.row),
    escaped(row.service),
    `<b>${escaped(row.item)}</b>${row.usedFor ? `<br><small>${escaped(row.usedFor)}</small>` : ''}${note}`,
    `<span class="badge">${row.status}</span>`,
    row.sent + row.received === 0 ? '' : String(row.sent + row.received),
    row.operations.map(operationHtml).join('<br>'),
    row.sample === undefined ? '' : `<code>${escaped(row.sample)}</code>`,
    row.personalData,
  ];
  return `<tr class="${ROW_CLASSES[row.status]}">${cells(values)}</tr>`;
}

function dataSentHtml({ declaration, source, rows, undeclared, overflow }: DataSentReport): string {
  const link =
    source === undefined || !/^https?:\/\//.test(source)
      ? ''
      : ` The declaration is published at <a href="${escaped(source)}">${escaped(source)}</a>.`;
  const sent = rows.filter((row) => row.sent > 0).length;
  const received = rows.filter((row) => row.received > 0 && row.sent === 0).length;
  return `<h3>Data exchanged with Apple’s services</h3>
<p>The vendor’s declaration “${escaped(declaration)}” lists ${counted(rows.length, 'kind')} of data. In this test, the server sent ${sent}, only received ${received},
and did not exchange ${rows.length - sent - received}.${link}</p>
${undeclaredHtml(undeclared)}
${overflow === undefined ? '' : `<p class="stray">The data is incomplete: ${escaped(overflow)}</p>`}
${table(['Row', 'Service', 'Data', 'Seen', 'Requests', 'Purpose of the requests', 'Sample', 'Personal data'], rows.map(rowHtml))}
${LEGEND}`;
}

const PARTS: Readonly<Record<string, string>> = {
  body: 'request body',
  query: 'query',
  headers: 'headers',
  path: 'path',
};

/** A JSONPath in words: `$.body.devices[*]` is `devices in the request body`. */
function locationHtml(location: string): string {
  const [, root = '', rest = ''] = /^\$\.(\w+)(.*)$/s.exec(location) ?? [];
  const part = PARTS[root];
  const code = `<code>${escaped(location)}</code>`;
  if (part === undefined) return code;
  const names = [...rest.matchAll(/\.([^.[]+)|\["([^"]*)"\]/g)]
    .map(([, plain, quoted]) => plain ?? quoted)
    .join(' › ');
  return `${names === '' ? 'the' : `<b>${escaped(names)}</b> in the`} ${part} <small>${code}</small>`;
}

function undeclaredHtml(undeclared: DataSentReport['undeclared']): string {
  if (undeclared.length === 0) return '<p class="fine">All data that was sent is declared.</p>';
  const rows = undeclared.map(
    ({ operation, location, count, sample, personalData }) =>
      `<tr>${cells([operationHtml(operation), locationHtml(location), String(count), `<code>${escaped(sample)}</code>`, personalData ?? 'unknown'])}</tr>`,
  );
  return `<p class="stray">${counted(undeclared.length, 'value was', 'values were')} sent to Apple but not declared:</p>
${table(['Request', 'Data', 'Requests', 'Sample', 'Personal data'], rows, ' class="undeclared"')}`;
}
