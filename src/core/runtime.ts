import { type ClientTimePolicy, ClientTimes } from './client-times.ts';
import { Clock, type ClockSetting } from './clock.ts';
import { sha256 } from './digest.ts';
import { fetchPost } from './fetch-post.ts';
import type { Host } from './host.ts';
import { Identifiers } from './identifiers.ts';
import { createRandom, type Random } from './random.ts';
import { wallClock } from './wall-clock.ts';

export const portableHost: Host = { wall: wallClock, sha256, post: fetchPost };

/** Time, randomness and identifiers of one organization; nothing else in the project makes any. */
export interface Runtime {
  readonly seed: string;
  readonly clock: Clock;
  readonly clientTimes: ClientTimes;
  readonly identifiers: Identifiers;
  /** A sequence of its own for each purpose, so that one more draw here changes nothing there. */
  random(purpose: string): Random;
}

export interface RuntimeOptions {
  readonly seed: string;
  readonly organization: string;
  readonly clock?: ClockSetting | undefined;
  readonly clientTime?: ClientTimePolicy | undefined;
}

export function createRuntime(options: RuntimeOptions, host: Host = portableHost): Runtime {
  const clock = new Clock(options.clock, host.wall);
  return {
    seed: options.seed,
    clock,
    clientTimes: new ClientTimes(clock, options.clientTime ?? 'wall'),
    identifiers: new Identifiers(options.seed, options.organization),
    random: (purpose) => createRandom(`${options.seed}\u0000${options.organization}\u0000${purpose}`),
  };
}
