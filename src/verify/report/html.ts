import { preciseInstant } from '../../core/clock.ts';
import type { DataSentReport, ReportedRow, RowStatus } from '../data-sent/tracker.ts';
import type { Verdict, VerdictStatus } from '../verdict.ts';
import { STYLE } from './html-style.ts';
import { counted, details, escaped } from './message.ts';
import type { FaultReport, Report, Suite, TimelineReport } from './report.ts';

const WORDS: { readonly [Status in VerdictStatus]: string } = {
  passed: 'Everything is as expected',
  failed: 'Something is not as expected',
  unknown: 'Not everything can be told',
};

/** One page that needs nothing else, for people who know nothing of the tool. */
export function html(report: Report): string {
  const { status, counts, suites } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${WORDS[status]} – Crabapple report</title>
<style>${STYLE}</style>
</head>
<body>
<header class="${status}">
<p class="tool">Report of a test run against a simulated Apple</p>
<h1>${WORDS[status]}</h1>
<p class="counts"><span>${counts.passed} passed</span><span>${counts.failed} failed</span><span>${counts.unknown} unknown</span></p>
</header>
<main>
<p class="about">A device-management server was run against a stand-in for Apple’s services. This page says what it was expected
to do, what it did, and which data it exchanged with Apple. <b>Unknown</b> means that it cannot be told any more, which
never counts as passed.</p>
${suites.map(suiteHtml).join('\n')}
</main>
</body>
</html>
`;
}

function suiteHtml(suite: Suite): string {
  const facts = [
    ['Requests to Apple', String(suite.exchanges)],
    ['Organization', suite.organization],
    ['Verified', `${preciseInstant(suite.wallAt)}, when the simulated Apple had ${preciseInstant(suite.at)}`],
    ...(suite.file === undefined ? [] : [['Scenario file', suite.file] as const]),
  ];
  return `<section class="suite">
<h2>${escaped(suite.scenario)}</h2>
<dl class="facts">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value!)}</dd></div>`).join('')}</dl>
${verdictsHtml(suite.verdicts)}
${timelineHtml(suite.timeline)}${faultsHtml(suite.faults)}
${suite.dataSent.map(dataSentHtml).join('\n')}
</section>`;
}

function verdictsHtml(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '<p>Nothing was expected in particular.</p>';
  const order: { readonly [Status in VerdictStatus]: number } = { failed: 0, unknown: 1, passed: 2 };
  const sorted = verdicts.toSorted((one, other) => order[one.status] - order[other.status]);
  return `<h3>What was expected</h3>\n<ul class="verdicts">\n${sorted.map(verdictHtml).join('\n')}\n</ul>`;
}

const LABELS: Readonly<Record<string, string>> = {
  at: 'Written in',
  expected: 'Expected',
  but: 'But',
  unknown: 'Why unknown',
  nearest: 'Nearest request',
  differs: 'Where it differs',
  warning: 'Warning',
};

function verdictHtml(verdict: Verdict): string {
  const told = details(verdict)
    .map(([label, text]) => `<div><dt>${LABELS[label] ?? label}</dt><dd>${escaped(text)}</dd></div>`)
    .join('');
  const open = verdict.status === 'passed' && !verdict.warnings?.length ? '' : ' open';
  return `<li class="${verdict.status}"><details${open}><summary><span class="badge">${verdict.status}</span> ${escaped(verdict.name)}</summary><dl>${told}</dl></details></li>`;
}

const TIMELINE_WORDS = { pending: 'not yet', done: 'done', failed: 'failed' } as const;

function timelineHtml(timeline: readonly TimelineReport[]): string {
  if (timeline.length === 0) return '';
  const rows = timeline.map(
    ({ action, when, status, at, reason }) =>
      `<tr><td><code>${escaped(action)}</code></td><td>${escaped(when)}</td><td>${TIMELINE_WORDS[status]}${reason === undefined ? '' : `: ${escaped(reason)}`}</td><td>${at === undefined ? '' : preciseInstant(at)}</td></tr>`,
  );
  return `<h3>What happened in Apple’s portal meanwhile</h3>
<div class="scroll"><table><thead><tr><th>Action</th><th>When</th><th>Became of it</th><th>Virtual time</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function faultsHtml(faults: readonly FaultReport[]): string {
  if (faults.length === 0) return '';
  const rows = faults.map(
    ({ id, on, does, applied }) =>
      `<tr><td><code>${escaped(id)}</code></td><td><code>${escaped(on)}</code></td><td>${escaped(does)}</td><td>${applied}</td></tr>`,
  );
  return `<h3>What went wrong on purpose</h3>
<div class="scroll"><table><thead><tr><th>Fault</th><th>On</th><th>Does</th><th>AppliedFault</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

const ROW_CLASSES: { readonly [Status in RowStatus]: string } = {
  sent: 'sent',
  received: 'received',
  'sent and received': 'sent',
  'not seen': 'unseen',
  'not served yet': 'unseen',
};

const PERSONAL: Readonly<Record<string, string>> = {
  yes: 'yes',
  pseudonym: 'pseudonym',
  maybe: 'maybe',
  no: 'no',
};

function rowHtml(row: ReportedRow): string {
  const note = row.note === undefined ? '' : `<br><small>${escaped(row.note)}</small>`;
  const cells = [
    escaped(row.row),
    escaped(row.service),
    `<b>${escaped(row.item)}</b>${row.usedFor ? `<br><small>${escaped(row.usedFor)}</small>` : ''}${note}`,
    `<span class="badge">${row.status}</span>`,
    row.sent + row.received === 0 ? '' : String(row.sent + row.received),
    row.operations.map((name) => `<code>${escaped(name)}</code>`).join(' '),
    row.sample === undefined ? '' : `<code>${escaped(row.sample)}</code>`,
    PERSONAL[row.personalData]!,
  ];
  return `<tr class="${ROW_CLASSES[row.status]}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function dataSentHtml({ declaration, source, rows, undeclared, overflow }: DataSentReport): string {
  const link =
    source === undefined || !/^https?:\/\//.test(source)
      ? ''
      : ` The declaration is published at <a href="${escaped(source)}">${escaped(source)}</a>.`;
  const sent = rows.filter((row) => row.sent > 0).length;
  const received = rows.filter((row) => row.received > 0 && row.sent === 0).length;
  return `<h3>Data exchanged with Apple</h3>
<p>Against the declaration “${escaped(declaration)}”: of its ${counted(rows.length, 'row')}, ${sent} were really sent to Apple, ${received} were only
received from Apple, and ${rows.length - sent - received} were not seen in this run.${link} Samples are masked.</p>
${strayHtml(undeclared)}
${overflow === undefined ? '' : `<p class="stray">Not everything is known: ${escaped(overflow)}</p>`}
<div class="scroll"><table><thead><tr><th>Row</th><th>Service</th><th>What</th><th>Seen</th><th>Requests</th><th>In</th><th>Sample</th><th>Personal data</th></tr></thead><tbody>
${rows.map(rowHtml).join('\n')}
</tbody></table></div>`;
}

function strayHtml(undeclared: DataSentReport['undeclared']): string {
  if (undeclared.length === 0) return '<p class="fine">Nothing was sent that is not declared.</p>';
  const rows = undeclared.map(
    ({ operation, location, count, sample, personalData }) =>
      `<tr><td><code>${escaped(operation)}</code></td><td><code>${escaped(location)}</code></td><td>${count}</td><td><code>${escaped(sample)}</code></td><td>${personalData ?? 'not known'}</td></tr>`,
  );
  return `<p class="stray">${counted(undeclared.length, 'value was', 'values were')} sent to Apple and ${undeclared.length === 1 ? 'is' : 'are'} not declared:</p>
<div class="scroll"><table class="undeclared"><thead><tr><th>Request</th><th>Where in it</th><th>Requests</th><th>Sample</th><th>Personal data</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}
