import { Command } from 'commander';
import type { VerdictStatus } from '../verify/verdict.ts';
import { readScenarioFile } from './files.ts';
import { noColorOption } from './options.ts';
import { type RequestedReport, reportOption, VERDICT_EXIT, writeReports } from './reports.ts';
import {
  type ControlRequest,
  organizationOption,
  requestControl,
  type ServerOptions,
  urlOption,
} from './running-server.ts';

interface VerifyOptions extends ServerOptions {
  readonly report?: readonly RequestedReport[];
  readonly color: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Verify what a running server has received, with its own expectations or with those of a scenario file. ' +
        'Exit code: 0 if all pass, 3 if one fails, 4 if a verdict is unknown, 2 if the input is wrong.',
    )
    .argument('[file]', 'scenario file with the expectations; default: those of the server')
    .addOption(reportOption())
    .addOption(urlOption())
    .addOption(organizationOption())
    .addOption(noColorOption())
    .action(async (file: string | undefined, options: VerifyOptions) => {
      process.exitCode = await verify(file, options);
    });
}

/** @returns the exit code */
async function verify(
  file: string | undefined,
  { report = [], color, ...server }: VerifyOptions,
): Promise<number> {
  const request: ControlRequest =
    file === undefined
      ? {}
      : {
          method: 'POST',
          body: new TextEncoder().encode(readScenarioFile(file)),
          type: 'application/yaml',
        };
  const print = (format: string): Promise<string> =>
    requestControl(server, 'report', { ...request, query: { format, file } });
  await writeReports(print, report, { color });
  const { status } = JSON.parse(await print('json')) as { status: VerdictStatus };
  return VERDICT_EXIT[status];
}
