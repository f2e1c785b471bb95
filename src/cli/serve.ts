import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import type { RestoredData } from '../persistence/data/restore.ts';
import { DEFAULT_HOST, DEFAULT_PORT, DEFAULT_TLS_PORT } from '../server/defaults.ts';
import { openServer } from '../server/open-server.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import { nodeHost } from '../transports/node-host.ts';
import { CommandError, EXIT } from './errors.ts';
import { httpUrl, listed, noColorOption, option, portNumber, portNumbers } from './options.ts';
import { createLog, LOG_FORMATS, type Log, type LogFormat } from './serve/log.ts';
import { removeReadyFile, writeReadyFile } from './serve/ready-file.ts';
import { startScenarios } from './serve/scenarios.ts';
import { exitOnInternalErrors, stopOnSignal, surviveInternalErrors } from './signals.ts';

interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: readonly number[];
  readonly proxyPort?: number;
  readonly publicUrl?: string;
  readonly allowHost?: readonly string[];
  readonly readyFile?: string;
  readonly logFormat: LogFormat;
  readonly data?: string;
  readonly fsync?: boolean;
  readonly watch?: boolean;
  readonly showSecrets?: boolean;
  readonly color: boolean;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Start the simulated Apple with one organization for each scenario file. Without a file, it serves the default scenario.',
    )
    .argument('[file...]', 'scenario files, YAML or JSON')
    .addOption(option('--host <address>', 'address to listen on').default(DEFAULT_HOST))
    .addOption(
      option('--port <number>', 'port to listen on; 0 selects a free port')
        .default(DEFAULT_PORT)
        .argParser(portNumber),
    )
    .addOption(
      option(
        '--tls-port <numbers>',
        `TLS ports, for example 2197,443; off: none (default: ${DEFAULT_TLS_PORT}, or a free port with --port 0)`,
      ).argParser(portNumbers),
    )
    .addOption(
      option(
        '--proxy-port <number>',
        "port of a CONNECT proxy for Apple's host names; 0 selects a free port",
      ).argParser(portNumber),
    )
    .addOption(
      option('--public-url <url>', 'URL that clients use, if a reverse proxy is in front').argParser(httpUrl),
    )
    .addOption(
      option('--allow-host <name>', 'another host name that the control API accepts; repeatable').argParser(
        listed,
      ),
    )
    .addOption(
      option('--ready-file <file>', 'JSON file to write when the ports are open; removed on shutdown'),
    )
    .addOption(option('--log-format <format>', 'format of the log').choices(LOG_FORMATS).default('pretty'))
    .addOption(option('--data <folder>', 'folder in which to keep the state between runs'))
    .addOption(option('--fsync', 'with --data: flush every change to disk before the response'))
    .addOption(option('--watch', 'reload a scenario file when it changes'))
    .addOption(option('--show-secrets', 'do not mask secrets in the journal'))
    .addOption(noColorOption())
    .action(serve);
}

/** Serves until a signal arrives. */
async function serve(files: readonly string[], options: ServeOptions): Promise<void> {
  const { host, port, proxyPort, publicUrl, allowHost, readyFile, showSecrets } = options;
  limitHeapGrowth();
  if (readyFile !== undefined) removeReadyFile(readyFile);
  const log = await createLog(options.logFormat, options.color);
  const apple = new SimulatedApple({ host: nodeHost, onFailure: log.failure });
  const data = await openData(apple, options, log);
  const served = await startScenarios(apple, files, data?.organizations, log.notice);
  const server = await openServer(apple, {
    writer: data?.writer,
    early: true,
    host,
    port,
    tlsPort: options.tlsPort ?? [port === 0 ? 0 : DEFAULT_TLS_PORT],
    proxyPort,
    publicUrl,
    allowHosts: allowHost,
    showSecrets,
    onNotice: log.notice,
    onControl: log.control,
  });
  apple.journal.onEntry((entry) => log.exchange(entry, apple.tenants.size > 1));
  let stopWatching = (): void => {};
  if (options.watch) {
    const { watchScenarios } = await import('./serve/watch.ts');
    stopWatching = watchScenarios(apple, served, log);
  }
  const stop = async (): Promise<void> => {
    stopWatching();
    await server.close();
    await data?.writer.close();
  };
  // A state that an internal error left incomplete must not reach the data folder.
  if (data === undefined) surviveInternalErrors(log.failure);
  else exitOnInternalErrors(log.failure);
  stopOnSignal(stop);
  try {
    if (readyFile !== undefined) await writeReadyFile(readyFile, server);
  } catch (error) {
    await stop();
    throw error;
  }
  log.started(apple, server);
  // After the first request, and before most others.
  setTimeout(() => apple.engine.load().catch(log.failure), LOAD_DELAY).unref();
}

/** Real milliseconds. */
const LOAD_DELAY = 100;

/**
 * Makes V8 collect garbage when the old generation has doubled. The default is a factor of up to four: a server of
 * pushes would keep a hundred megabytes of dropped journal entries.
 */
const limitHeapGrowth = (): void => setFlagsFromString('--heap-growing-percent=100');

/** @throws CommandError if the data folder cannot be used */
async function openData(
  apple: SimulatedApple,
  { data: path, fsync }: ServeOptions,
  log: Log,
): Promise<RestoredData | undefined> {
  if (path === undefined) {
    if (!fsync) return undefined;
    throw new CommandError('--fsync needs --data', {
      hint: 'add --data FOLDER, or CRABAPPLE_DATA',
      code: EXIT.wrongInput,
    });
  }
  const [{ DataError }, { DataFolder }, { restoreData }] = await Promise.all([
    import('../persistence/data/disk.ts'),
    import('../persistence/data/folder.ts'),
    import('../persistence/data/restore.ts'),
  ]);
  try {
    const folder = new DataFolder(path, { fsync, version: packageVersion(), onNotice: log.notice });
    try {
      return await restoreData(apple, folder);
    } catch (error) {
      folder.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof DataError) throw new CommandError(error.message, { hint: error.hint });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CommandError(`cannot use the data folder ${path}: ${(error as Error).message}`, {
      hint: 'give a folder that you can write to',
    });
  }
}
