import { packageVersion } from '../../package.ts';
import type { RestoredData } from '../../persistence/data/restore.ts';
import { DEFAULT_TLS_PORT } from '../../server/defaults.ts';
import { nodeHost, openServer } from '../../server/open-server.ts';
import { SimulatedApple } from '../../simulated-apple.ts';
import { CommandError, EXIT } from '../exit.ts';
import { createLog } from './create-log.ts';
import { applyGcSettings } from './gc-settings.ts';
import type { Log } from './log.ts';
import type { LogFormat } from './log-format.ts';
import { removeReadyFile, writeReadyFile } from './ready-file.ts';
import { startScenarios } from './scenarios.ts';
import { stopOnSignal, stopOnUncaughtException } from './signals.ts';

export interface ServeOptions {
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

async function openData(
  apple: SimulatedApple,
  { data, fsync }: ServeOptions,
  log: Log,
): Promise<RestoredData | undefined> {
  if (data === undefined) {
    if (!fsync) return undefined;
    throw new CommandError('--fsync says how --data writes, and --data is not given', {
      code: EXIT.wrongInput,
    });
  }
  const { openDataFolder } = await import('./open-data.ts');
  return openDataFolder(apple, data, { fsync, version: packageVersion(), onNotice: log.notice });
}

/** Milliseconds. */
const LOAD_REST_AFTER = 100;

/** Serves until a signal comes. */
export async function serve(files: readonly string[], options: ServeOptions): Promise<void> {
  const { host, port, proxyPort, publicUrl, allowHost, readyFile, showSecrets } = options;
  applyGcSettings();
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
    const { watchScenarios } = await import('./watch.ts');
    stopWatching = watchScenarios(apple, served, log);
  }
  const stop = async (): Promise<void> => {
    stopWatching();
    await server.close();
    await data?.writer.close();
  };
  stopOnUncaughtException(log.uncaught, async () => {
    await server.close();
    // Without a last write: a change that an exception interrupted must not become the stored state.
    data?.writer.folder.close();
  });
  stopOnSignal(stop);
  try {
    if (readyFile !== undefined) await writeReadyFile(readyFile, server);
  } catch (error) {
    await stop();
    throw error;
  }
  log.started(apple, server);
  // Not in the way of the first request, and there before most others.
  setTimeout(() => apple.engine.load().catch(log.failure), LOAD_REST_AFTER).unref();
}
