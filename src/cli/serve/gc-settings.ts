import { setFlagsFromString } from 'node:v8';

/**
 * A full collection when the old objects take twice what the last one left. V8 by itself waits for up to four times
 * that, and a server of pushes would hold a hundred megabytes of what fell out of its journal.
 */
const AT_MOST_TWICE = '--heap-growing-percent=100';

/** How V8 shall manage the memory of a server: in a process that does nothing else it is ours to say. */
export function applyGcSettings(): void {
  setFlagsFromString(AT_MOST_TWICE);
}
