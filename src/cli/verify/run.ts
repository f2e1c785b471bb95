import type { VerdictStatus } from '../../verify/verdict.ts';
import { type WantedReport, writeReports } from '../reports.ts';
import { type Asking, askServer, type ServerOptions } from '../running-server.ts';
import { readScenarioFile } from '../scenario-file.ts';
import { VERDICT_EXIT } from '../verdict-exit.ts';

export interface VerifyOptions extends ServerOptions {
  readonly report?: readonly WantedReport[];
  readonly color: boolean;
}

/** @returns the exit code by the verdicts */
export async function verify(
  file: string | undefined,
  { report = [], color, ...server }: VerifyOptions,
): Promise<number> {
  const asking: Asking =
    file === undefined
      ? {}
      : {
          method: 'POST',
          body: new TextEncoder().encode(readScenarioFile(file)),
          type: 'application/yaml',
        };
  const ask = (format: string): Promise<string> =>
    askServer(server, 'report', { ...asking, query: { format, file } });
  await writeReports(ask, report, { color });
  const { status } = JSON.parse(await ask('json')) as { status: VerdictStatus };
  return VERDICT_EXIT[status];
}
