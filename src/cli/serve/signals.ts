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

/** A server of tests is worth most while it answers: a failure of its own is told, and it goes on. */
export function surviveOwnFailures(tell: (error: unknown) => void): void {
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}
