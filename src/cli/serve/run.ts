import { Crabapple } from '../../crabapple.ts';
import { listen, nodeHost } from '../../server.ts';
import { DEFAULT_TLS_PORT } from '../../server-defaults.ts';
import { createLog } from './log.ts';
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
  readonly watch?: boolean;
  readonly showSecrets?: boolean;
  readonly color: boolean;
}

/** Serves until a signal comes. */
export async function serve(files: readonly string[], options: ServeOptions): Promise<void> {
  const { host, port, proxyPort, publicUrl, allowHost, readyFile, showSecrets } = options;
  if (readyFile !== undefined) removeReadyFile(readyFile);
  const log = await createLog(options.logFormat, options.color);
  const apple = new Crabapple({ host: nodeHost, onFailure: log.failure });
  const served = await startScenarios(apple, files);
  const server = await listen(apple, {
    host,
    port,
    tlsPort: options.tlsPort ?? [port === 0 ? 0 : DEFAULT_TLS_PORT],
    proxyPort,
    publicUrl,
    allowHosts: allowHost,
    showSecrets,
    onNotice: log.notice,
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
  };
  try {
    if (readyFile !== undefined) writeReadyFile(readyFile, server);
  } catch (error) {
    await stop();
    throw error;
  }
  surviveOwnFailures(log.failure);
  stopOnSignal(stop);
  log.started(apple, server);
}
