import { accessSync, appendFileSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError, type Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../verify/report/report.ts';
import type { VerdictStatus } from '../verify/verdict.ts';
import { CommandError, EXIT, type ExitCode } from './errors.ts';
import { option } from './options.ts';
import { colorOn } from './terminal.ts';

/** Exit codes by verdict. */
export const VERDICT_EXIT: Readonly<Record<VerdictStatus, number>> = { passed: 0, failed: 3, unknown: 4 };

/** A value of `--report`; without a file the report goes to standard error. */
export interface RequestedReport {
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

export const reportOption = (): Option =>
  option(
    '--report <format[:file]>',
    `${REPORT_FORMATS.join(', ')}; repeatable; default: standard error`,
  ).argParser(requestedReport);

function requestedReport(
  text: string,
  before: readonly RequestedReport[] | undefined,
): readonly RequestedReport[] {
  const [, word = '', file] = /^([^:]*)(?::(.+))?$/.exec(text) ?? [];
  const format = REPORT_FORMATS.find((known) => known === word);
  if (format !== undefined) return [...(before ?? []), { format, file }];
  throw new InvalidArgumentError(
    `Expected FORMAT or FORMAT:FILE; the formats are ${REPORT_FORMATS.join(', ')}.`,
  );
}

/** Renders the report of one run. */
export type ReportPrinter = (
  format: ReportFormat,
  options: { readonly color: boolean },
) => string | Promise<string>;

const PRETTY: RequestedReport = { format: 'pretty', file: undefined };

/** Call this before a long run: its report could not be written afterwards. @throws CommandError */
export function checkFolders(reports: readonly RequestedReport[]): void {
  for (const { file } of reports) {
    if (file === undefined) continue;
    try {
      accessSync(dirname(file), constants.W_OK);
    } catch (error) {
      throw writeError(error, EXIT.wrongInput);
    }
  }
}

const writeError = (error: unknown, code: ExitCode = EXIT.failure): CommandError =>
  new CommandError(`cannot write the report: ${(error as Error).message}`, {
    hint: 'create its folder, or choose one that you can write to',
    code,
  });

/** Reports without a file go to standard error: standard output belongs to the command of `exec`. */
export async function writeReports(
  print: ReportPrinter,
  reports: readonly RequestedReport[],
  { color }: { readonly color: boolean },
): Promise<void> {
  const onTerminal = reports.some(({ file }) => file === undefined);
  for (const { format, file } of onTerminal ? reports : [PRETTY, ...reports]) {
    const text = await print(format, { color: file === undefined && colorOn(process.stderr, color) });
    if (file === undefined) process.stderr.write(text);
    else write(file, text);
    if (format === 'github') await appendJobSummary(print);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw writeError(error);
  }
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary */
async function appendJobSummary(print: ReportPrinter): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file !== undefined && file !== '') appendFileSync(file, await print('markdown', { color: false }));
}
