import { packageVersion } from '../../package.ts';
import type { BroughtBack } from '../../persistence/data/restore.ts';
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
import { stopOnSignal, surviveOwnFailures } from './signals.ts';

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
): Promise<BroughtBack | undefined> {
  if (data === undefined) {
    if (!fsync) return undefined;
    throw new CommandError('--fsync says how --data writes, and --data is not given', {
      code: EXIT.wrongInput,
    });
  }
  const { openKeptData } = await import('./open-data.ts');
  return openKeptData(apple, data, { fsync, version: packageVersion(), onNotice: log.notice });
}

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
    keeper: data?.keeper,
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
    await data?.keeper.close();
  };
  surviveOwnFailures(log.failure);
  stopOnSignal(stop);
  try {
    if (readyFile !== undefined) await writeReadyFile(readyFile, server);
  } catch (error) {
    await stop();
    throw error;
  }
  log.started(apple, server);
}
