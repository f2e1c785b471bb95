import { setFlagsFromString } from 'node:v8';

/**
 * V8 learns which places of a program make objects that live long, and makes them among the old ones there, where
 * nothing but a full collection finds them. A journal teaches it that of all that a request takes: what is garbage
 * after a millisecond stays, with everything that it refers to, until the next full collection.
 */
export function makeEveryObjectYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
