import { setFlagsFromString } from 'node:v8';

/**
 * V8 learns which places of a program make objects that live long, and makes them among the old ones there, where
 * nothing but a full collection finds them. A journal teaches it that of all that a request takes: what is garbage
 * after a millisecond stays, with everything that it refers to, until the next full collection.
 */
const EVERY_OBJECT_YOUNG = '--no-allocation-site-pretenuring';

/**
 * A full collection when the old objects take twice what the last one left. V8 by itself waits for up to four times
 * that, and a server of pushes would hold hundreds of megabytes of what fell out of its journal.
 */
const AT_MOST_TWICE = '--heap-growing-percent=100';

/** How V8 shall manage the memory of a server: in a process that does nothing else it is ours to say. */
export function tendHeap(): void {
  setFlagsFromString(EVERY_OBJECT_YOUNG);
  setFlagsFromString(AT_MOST_TWICE);
}
