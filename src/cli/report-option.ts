import { InvalidArgumentError, type Option } from 'commander';
import { REPORT_FORMATS } from '../verify/report/report.ts';
import { option } from './option.ts';
import type { WantedReport } from './reports.ts';

export const reportOption = (): Option =>
  option(
    '--report <format[:file]>',
    `${REPORT_FORMATS.join(', ')}; repeatable; on standard error where no file is given`,
  ).argParser(wantedReport);

function wantedReport(text: string, before: readonly WantedReport[] | undefined): readonly WantedReport[] {
  const [, word = '', file] = /^([^:]*)(?::(.+))?$/.exec(text) ?? [];
  const format = REPORT_FORMATS.find((known) => known === word);
  if (format !== undefined) return [...(before ?? []), { format, file }];
  throw new InvalidArgumentError(
    `A report is FORMAT or FORMAT:FILE; formats are ${REPORT_FORMATS.join(', ')}.`,
  );
}
