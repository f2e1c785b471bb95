import { accessSync, appendFileSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReportFormat } from '../verify/report/report.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { colorOn } from './terminal.ts';

/** A report that somebody asked for; on standard error where it has no file. */
export interface WantedReport {
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

/** Prints the report of one run in any format. */
export type ReportPrinter = (
  format: ReportFormat,
  options: { readonly color: boolean },
) => string | Promise<string>;

const PRETTY: WantedReport = { format: 'pretty', file: undefined };

/** Before a long run, whose report would be lost. @throws CommandError */
export function checkFolders(wanted: readonly WantedReport[]): void {
  for (const { file } of wanted) {
    if (file === undefined) continue;
    try {
      accessSync(dirname(file), constants.W_OK);
    } catch (error) {
      throw cannotBeWritten(error, EXIT.wrongInput);
    }
  }
}

const cannotBeWritten = (error: unknown, code: ExitCode = EXIT.failure): CommandError =>
  new CommandError(`the report cannot be written: ${(error as Error).message}`, {
    hint: 'its folder must exist and be writable',
    code,
  });

/** Standard output belongs to the command that was run. */
export async function writeReports(
  print: ReportPrinter,
  wanted: readonly WantedReport[],
  { color }: { readonly color: boolean },
): Promise<void> {
  const onTerminal = wanted.some(({ file }) => file === undefined);
  for (const { format, file } of onTerminal ? wanted : [PRETTY, ...wanted]) {
    const text = await print(format, { color: file === undefined && colorOn(process.stderr, color) });
    if (file === undefined) process.stderr.write(text);
    else write(file, text);
    if (format === 'github') await summarize(print);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw cannotBeWritten(error);
  }
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary */
async function summarize(print: ReportPrinter): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file !== undefined && file !== '') appendFileSync(file, await print('markdown', { color: false }));
}
