import { createHash } from 'node:crypto';
import type { Host } from '../core/host.ts';
import { wallClock } from '../core/wall-clock.ts';

/** What Node provides to the simulated Apple. */
export const nodeHost: Host = {
  wall: wallClock,
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  // Loaded when the first webhook is due, as most runs never send one.
  post: async (posting) => (await import('./webhook-post.ts')).postWebhook(posting),
};
