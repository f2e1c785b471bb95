import { EXIT } from './errors.ts';

/** Real milliseconds for a clean shutdown. */
const SHUTDOWN_LIMIT = 900;

/** Shuts down on the first signal, and exits immediately on the second. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(EXIT.failure);
    stopping = true;
    setTimeout(() => process.exit(EXIT.failure), SHUTDOWN_LIMIT).unref();
    void stop().then(() => process.exit(EXIT.done));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // The terminal was closed.
  process.on('SIGHUP', onSignal);
}

/** Reports internal errors and continues. */
export function surviveInternalErrors(report: (error: unknown) => void): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

/**
 * Reports an uncaught exception and exits with a failure: the state may be incomplete, so the server must not send
 * responses from it.
 *
 * @param stop closes the ports and writes nothing; acknowledged changes are already in the data folder
 */
export function stopOnUncaughtException(report: (error: unknown) => void, stop: () => Promise<void>): void {
  let stopping = false;
  const onError = (error: unknown): void => {
    report(error);
    if (stopping) return;
    stopping = true;
    const exit = () => process.exit(EXIT.failure);
    setTimeout(exit, SHUTDOWN_LIMIT).unref();
    stop().then(exit, exit);
  };
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
}
