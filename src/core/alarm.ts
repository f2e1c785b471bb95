/** Runs something after real milliseconds. @returns how to call it off */
export type After = (milliseconds: number, run: () => void) => () => void;

const LONGEST = 2 ** 31 - 1;

/** Keeps no process alive. */
export const after: After = (milliseconds, run) => {
  const timer: unknown = setTimeout(run, Math.min(Math.max(0, milliseconds), LONGEST));
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
  return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]);
};
