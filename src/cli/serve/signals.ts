import { EXIT } from '../exit.ts';

/** A stop that takes longer is cut short. */
const LONGEST_STOP = 900;

/** The first signal stops in good order, the second at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const signaled = (): void => {
    if (stopping) process.exit(EXIT.failure);
    stopping = true;
    setTimeout(() => process.exit(EXIT.failure), LONGEST_STOP).unref();
    void stop().then(() => process.exit(EXIT.done));
  };
  process.on('SIGINT', signaled);
  process.on('SIGTERM', signaled);
  // The terminal was closed.
  process.on('SIGHUP', signaled);
}

/** Reports exceptions that nothing caught, and goes on: the command that runs in it decides how it ends. */
export function surviveOwnFailures(report: (error: unknown) => void): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

/**
 * Ends the process with a failure after an exception that nothing caught: the state may be half changed, so nothing may
 * be answered from it.
 *
 * @param stop closes the ports and writes nothing; what was acknowledged is in `--data` already
 */
export function stopOnUncaughtException(report: (error: unknown) => void, stop: () => Promise<void>): void {
  let stopping = false;
  const failed = (error: unknown): void => {
    report(error);
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(EXIT.failure), LONGEST_STOP).unref();
    stop().then(
      () => process.exit(EXIT.failure),
      () => process.exit(EXIT.failure),
    );
  };
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);
}
