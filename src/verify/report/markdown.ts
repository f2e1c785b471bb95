import { preciseInstant } from '../../core/clock.ts';
import type { DataSentReport } from '../data-sent/tracker.ts';
import { counted } from '../explain.ts';
import type { Verdict, VerdictStatus } from '../verdict.ts';
import { details, shownPlace } from './message.ts';
import type { FaultReport, Report, Suite, TimelineReport } from './report.ts';

const MARKS: { readonly [Status in VerdictStatus]: string } = { passed: '✅', failed: '❌', unknown: '❔' };

/** Text for a table cell, or for any other single line. */
const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

/** Markdown for job summaries and pull requests. */
export function markdown({ suites, counts }: Report): string {
  const total = counts.passed + counts.failed + counts.unknown;
  const head = `${counted(total, 'expectation')}: ${counts.passed} passed, ${counts.failed} failed, ${counts.unknown} unknown`;
  return `${head}\n\n${suites.map(suiteMarkdown).join('\n')}`;
}

function suiteMarkdown({ scenario, file, status, exchanges, verdicts, ...rest }: Suite): string {
  const parts = [`## ${MARKS[status]} ${cell(scenario)}`];
  parts.push(
    `${counted(exchanges, 'request')}${file === undefined ? '' : `, \`${file.replaceAll('`', '')}\``}`,
  );
  if (verdicts.length > 0) {
    parts.push(
      table(
        ['', 'expectation', 'at'],
        verdicts.map((verdict) => [MARKS[verdict.status], cell(verdict.name), placeOf(verdict)]),
      ),
    );
  }
  parts.push(
    ...verdicts
      .filter(({ status: each, warnings = [] }) => each !== 'passed' || warnings.length > 0)
      .map(verdictMarkdown),
  );
  const { timeline, faults, dataSent } = rest;
  if (timeline.length > 0) parts.push(timelineMarkdown(timeline));
  if (faults.length > 0) parts.push(faultsMarkdown(faults));
  parts.push(...dataSent.map(dataSentMarkdown));
  return `${parts.join('\n\n')}\n`;
}

const placeOf = ({ place }: Verdict): string => (place === undefined ? '' : cell(shownPlace(place)));

function verdictMarkdown(verdict: Verdict): string {
  const lines = details(verdict).map(([label, text]) => `- ${label}: ${cell(text)}`);
  return `### ${MARKS[verdict.status]} ${cell(verdict.name)}\n\n${lines.join('\n')}`;
}

function timelineMarkdown(timeline: readonly TimelineReport[]): string {
  const rows = timeline.map(({ action, when, status, at, reason }) => [
    cell(action),
    cell(when),
    status,
    at === undefined ? '' : preciseInstant(at),
    cell(reason ?? ''),
  ]);
  return `### Timeline\n\n${table(['action', 'when', 'status', 'virtual time', ''], rows)}`;
}

function faultsMarkdown(faults: readonly FaultReport[]): string {
  const rows = faults.map(({ id, on, does, applied }) => [cell(id), cell(on), cell(does), String(applied)]);
  return `### Faults\n\n${table(['fault', 'on', 'does', 'applied'], rows)}`;
}

function dataSentMarkdown({ declaration, source, rows, undeclared, overflow }: DataSentReport): string {
  const parts = [`### Data sent: ${cell(declaration)}`];
  if (source !== undefined) parts.push(`Declared at <${source.replaceAll(/[<>\s]/g, '')}>`);
  parts.push(
    table(
      ['row', 'service', 'item', 'status', 'sent', 'received', 'operations', 'sample', 'personal data'],
      rows.map((each) => [
        cell(each.row),
        cell(each.service),
        cell(each.item),
        each.status,
        String(each.sent),
        String(each.received),
        each.operations.map(cell).join(', '),
        cell(each.sample ?? ''),
        each.personalData,
      ]),
    ),
  );
  if (undeclared.length > 0) {
    parts.push(
      '**Sent, but not declared**',
      table(
        ['operation', 'location', 'times', 'sample', 'personal data'],
        undeclared.map(({ operation, location, count, sample, personalData }) => [
          cell(operation),
          cell(location),
          String(count),
          cell(sample),
          personalData ?? 'not known',
        ]),
      ),
    );
  }
  if (overflow !== undefined) parts.push(`Incomplete: ${cell(overflow)}`);
  return parts.join('\n\n');
}
