import { type ClientTimePolicy, ClientTimes, type OffsetStore } from './client-times.ts';
import { Clock, type ClockSetting, type CourseStore } from './clock.ts';
import { sha256 } from './digest.ts';
import { fetchPost } from './fetch-post.ts';
import type { Host } from './host.ts';
import { type Counters, Identifiers } from './identifiers.ts';
import { createRandom, type Random } from './random.ts';
import { wallClock } from './wall-clock.ts';

export const portableHost: Host = { wall: wallClock, sha256, post: fetchPost };

/** Time, randomness and identifiers of one organization. Nothing else in the project makes any. */
export interface Runtime {
  readonly seed: string;
  readonly clock: Clock;
  readonly clientTimes: ClientTimes;
  readonly identifiers: Identifiers;
  /** A separate sequence for each purpose: one more draw here changes nothing there. */
  random(purpose: string): Random;
}

export interface RuntimeOptions {
  readonly seed: string;
  readonly organization: string;
  readonly clock?: ClockSetting | undefined;
  readonly clientTime?: ClientTimePolicy | undefined;
}

/** Stores of the parts of a runtime that change; the runtime itself if not given. */
export interface RuntimeStores {
  readonly course: CourseStore;
  readonly counters: Counters;
  readonly offsets: OffsetStore;
}

export function createRuntime(
  options: RuntimeOptions,
  host: Host = portableHost,
  stores?: RuntimeStores,
): Runtime {
  const clock = new Clock(options.clock, host.wall, stores?.course);
  return {
    seed: options.seed,
    clock,
    clientTimes: new ClientTimes(clock, options.clientTime ?? 'wall', stores?.offsets),
    identifiers: new Identifiers(options.seed, options.organization, stores?.counters),
    random: (purpose) => createRandom(`${options.seed}\u0000${options.organization}\u0000${purpose}`),
  };
}
