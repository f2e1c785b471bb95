import { CONNECTION } from '../../engine/faults/definition.ts';
import { type CrabappleServer, nodeHost, openServer } from '../../server/open-server.ts';
import { SimulatedApple } from '../../simulated-apple.ts';
import { formatReport } from '../../verify/report/formats.ts';
import { CommandError, EXIT } from '../exit.ts';
import { checkFolders, type WantedReport, writeReports } from '../reports.ts';
import { startScenarios } from '../serve/scenarios.ts';
import { surviveOwnFailures } from '../serve/signals.ts';
import { VERDICT_EXIT } from '../verdict-exit.ts';
import { exitCodeOf, runCommand } from './run-command.ts';

export interface ExecOptions {
  readonly report?: readonly WantedReport[];
  /** Real milliseconds. */
  readonly timeout?: number;
  /** Leads programs that know only Apple's host names here, by proxy and trusted certificate. */
  readonly redirect?: boolean;
  readonly color: boolean;
}

/**
 * Serves scenarios on free ports, runs a command against them, and verifies.
 *
 * @returns the exit code: the command's own where it failed, else what the verdicts say
 */
export async function exec(
  files: readonly string[],
  [command, ...parameters]: readonly string[],
  { report = [], timeout, redirect, color }: ExecOptions,
): Promise<number> {
  if (command === undefined) {
    throw new CommandError('no command is given', {
      hint: 'crabapple exec scenario.yaml -- COMMAND …',
      code: EXIT.wrongInput,
    });
  }
  checkFolders(report);
  const tell = (text: string): void => {
    process.stderr.write(`crabapple: ${text}\n`);
  };
  const failure = (error: unknown): void =>
    tell(`a failure of Crabapple itself: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  surviveOwnFailures(failure);
  const apple = new SimulatedApple({ host: nodeHost, onFailure: failure });
  apple.journal.onEntry(({ operation, fault, why }) => {
    if (operation === CONNECTION && fault === undefined) tell(`a connection was refused: ${why}`);
  });
  await startScenarios(apple, files);
  const server = await openServer(apple, { port: 0, tlsPort: 0, proxyPort: 0, onNotice: tell });
  try {
    const own = await server.environment();
    const env = redirect ? { ...own, ...redirection(own) } : own;
    const end = await runCommand({ command, parameters, env, timeout });
    const verdicts = apple.verify();
    await writeReports((format, options) => formatReport(verdicts, format, options), report, { color });
    if (end.kind === 'timeout') tell(`the command was ended: it took longer than ${timeout} ms`);
    return exitCodeOf(end) || VERDICT_EXIT[verdicts.status];
  } finally {
    await server.close();
  }
}

/** As Go, Python, curl and Node read it. */
const redirection = ({
  CRABAPPLE_PROXY_URL: proxy = '',
  CRABAPPLE_CA_FILE: ca = '',
}: CrabappleServer['env']): Record<string, string> => ({
  HTTPS_PROXY: proxy,
  https_proxy: proxy,
  SSL_CERT_FILE: ca,
  REQUESTS_CA_BUNDLE: ca,
  CURL_CA_BUNDLE: ca,
  NODE_EXTRA_CA_CERTS: ca,
});
