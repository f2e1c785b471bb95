import { Command } from 'commander';
import { APPROACH } from '../engine/faults/definition.ts';
import { type CrabappleServer, openServer } from '../server/open-server.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import { nodeHost } from '../transports/node-host.ts';
import { formatReport } from '../verify/report/formats.ts';
import { CommandError, EXIT, internalError } from './errors.ts';
import { exitCodeOf, runCommand } from './exec/run-command.ts';
import { durationOption, noColorOption, option } from './options.ts';
import { checkFolders, type RequestedReport, reportOption, VERDICT_EXIT, writeReports } from './reports.ts';
import { startScenarios } from './serve/scenarios.ts';
import { surviveInternalErrors } from './signals.ts';

interface ExecOptions {
  readonly report?: readonly RequestedReport[];
  /** Real milliseconds. */
  readonly timeout?: number;
  readonly redirect?: boolean;
  readonly color: boolean;
}

export const execCommand = (): Command =>
  createExecCommand('exec', async (files) => files)
    .usage('[options] [file...] -- command [arguments...]')
    .description(
      'Serve scenarios on free ports, run a command with the environment variables of the server, and verify the ' +
        'expectations. Exit code: 0 if the command and all expectations pass; the exit code of the command if it ' +
        'fails (128+n for a signal, 124 for --timeout); 3 if an expectation fails; 4 if a verdict is unknown; 2 if ' +
        'the command cannot be started.',
    )
    .argument('[file...]', 'scenario files; default: the default scenario');

/** @param filesOf the scenario files for the words before `--` */
export function createExecCommand(
  name: string,
  filesOf: (words: readonly string[]) => Promise<readonly string[]>,
): Command {
  return new Command(name)
    .addOption(reportOption())
    .addOption(durationOption('--timeout <duration>', 'time limit of the command, for example 30s or 5m'))
    .addOption(
      option(
        '--redirect',
        'redirect programs with hard-coded Apple host names to the server (HTTPS_PROXY, SSL_CERT_FILE, …)',
      ),
    )
    .addOption(noColorOption())
    .action(async (all: string[], options: ExecOptions, self: Command) => {
      const { words, command } = splitAtDashes(all, self);
      process.exitCode = await exec(await filesOf(words), command, options);
    });
}

/** Commander joins the words before and after `--`. */
function splitAtDashes(
  all: readonly string[],
  { parent }: Command,
): { readonly words: readonly string[]; readonly command: readonly string[] } {
  let root = parent;
  while (root?.parent) root = root.parent;
  const raw = (root as (Command & { readonly rawArgs: readonly string[] }) | null)?.rawArgs ?? [];
  const dashes = raw.indexOf('--');
  const command = dashes < 0 ? [] : raw.slice(dashes + 1);
  return { words: all.slice(0, all.length - command.length), command };
}

/** @returns the exit code of the command if it fails, otherwise that of the verdicts */
async function exec(
  files: readonly string[],
  [command, ...parameters]: readonly string[],
  { report = [], timeout, redirect, color }: ExecOptions,
): Promise<number> {
  if (command === undefined) {
    throw new CommandError('the command is missing', {
      hint: 'crabapple exec scenario.yaml -- COMMAND …',
      code: EXIT.wrongInput,
    });
  }
  checkFolders(report);
  const print = (text: string): void => {
    process.stderr.write(`crabapple: ${text}\n`);
  };
  const failure = (error: unknown): void => print(internalError(error));
  surviveInternalErrors(failure);
  const apple = new SimulatedApple({ host: nodeHost, onFailure: failure });
  apple.journal.onEntry(({ operation, fault, why }) => {
    if (operation === APPROACH && fault === undefined) print(`connection rejected: ${why}`);
  });
  await startScenarios(apple, files);
  const server = await openServer(apple, { port: 0, tlsPort: 0, proxyPort: 0, onNotice: print });
  try {
    const variables = await server.environment();
    const env = redirect ? { ...variables, ...redirection(variables) } : variables;
    const end = await runCommand({ command, parameters, env, timeout });
    const verdicts = apple.verify();
    await writeReports((format, options) => formatReport(verdicts, format, options), report, { color });
    if (end.kind === 'timeout') print(`the command exceeded the time limit of ${timeout} ms and was ended`);
    return exitCodeOf(end) || VERDICT_EXIT[verdicts.status];
  } finally {
    await server.close();
  }
}

/** The variables that Go, Python, curl and Node read. */
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
