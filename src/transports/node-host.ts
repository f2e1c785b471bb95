import { createHash } from 'node:crypto';
import type { Host } from '../core/host.ts';
import { wallClock } from '../core/wall-clock.ts';

/** The host functions of the simulated Apple on Node. */
export const nodeHost: Host = {
  wall: wallClock,
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  // Loaded for the first webhook: most runs never send one.
  post: async (posting) => (await import('./webhook-post.ts')).postWebhook(posting),
};
