import { github, junit, tap } from './ci.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { type PrettyOptions, pretty } from './pretty.ts';
import type { Report, ReportFormat } from './report.ts';

/** Removes control characters and line breaks, because texts come from files and clients. */
const printableText = (text: string): string => text.replace(/\s+/g, ' ').replace(/\p{Control}/gu, '?');

/** A copy of plain data in which every text is one line without control characters. */
export function printable<Value>(value: Value): Value {
  if (typeof value === 'string') return printableText(value) as Value;
  if (Array.isArray(value)) return value.map(printable) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, printable(member)]),
  ) as Value;
}

interface Format {
  /** Media type. */
  readonly type: string;
  readonly print: (report: Report, options?: PrettyOptions) => string;
}

const FORMATS = {
  pretty: { type: 'text/plain; charset=utf-8', print: pretty },
  json: { type: 'application/json; charset=utf-8', print: json },
  junit: { type: 'application/xml; charset=utf-8', print: junit },
  tap: { type: 'text/plain; charset=utf-8', print: tap },
  github: { type: 'text/plain; charset=utf-8', print: github },
  markdown: { type: 'text/markdown; charset=utf-8', print: markdown },
  html: { type: 'text/html; charset=utf-8', print: html },
} as const satisfies Readonly<Record<ReportFormat, Format>>;

export const reportType = (format: ReportFormat): string => FORMATS[format].type;

/** A report as text that ends in a line feed. `github` is empty if there is nothing to annotate. */
export const formatReport = (report: Report, format: ReportFormat, options?: PrettyOptions): string =>
  // JSON escapes control characters, so its texts stay unchanged.
  FORMATS[format].print(format === 'json' ? report : printable(report), options);
