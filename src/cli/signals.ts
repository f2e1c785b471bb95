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

/** Reports internal errors and continues, so that the other tests on the server still run. */
export function surviveInternalErrors(report: (error: unknown) => void): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

/** Reports the first internal error and exits. */
export function exitOnInternalErrors(report: (error: unknown) => void): void {
  surviveInternalErrors((error) => {
    report(error);
    process.exit(EXIT.failure);
  });
}
