import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { type PrettyOptions, pretty } from './pretty.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';
import type { ReportFormat } from './report-format.ts';
import { tap } from './tap.ts';

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

/** A report as text that ends in a line feed; nothing at all where a format has nothing to tell. */
export const formatReport = (report: Report, format: ReportFormat, options?: PrettyOptions): string =>
  // JSON writes control characters as escapes, and its texts are kept as they are.
  FORMATS[format].print(format === 'json' ? report : printable(report), options);
