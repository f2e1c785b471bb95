/** Milliseconds since the epoch by the machine's own clock. The one place in the project that reads it. */
export type WallClock = () => number;

export const wallClock: WallClock = () => Date.now();

/** Milliseconds that only ever grow, for measuring how long something took. */
export const stopwatch = (): number => performance.now();
