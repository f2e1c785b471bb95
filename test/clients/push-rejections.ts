import type { Push } from './push-client.ts';

/** What one push has that another has not, and the reason for which it is refused. */
export interface RefusedPush {
  readonly reason: string;
  readonly status: number;
  readonly about: string;
  readonly push: Partial<Push>;
}

const UNKNOWN_TOKEN = 'ab'.repeat(32);

/** Whoever pushes, by whatever credential. */
export const REFUSED_PUSHES: readonly RefusedPush[] = [
  {
    reason: 'BadDeviceToken',
    status: 400,
    about: 'a token that nobody has',
    push: { token: UNKNOWN_TOKEN },
  },
  { reason: 'BadDeviceToken', status: 400, about: 'half a token', push: { token: 'ab'.repeat(16).slice(2) } },
  { reason: 'BadPriority', status: 400, about: 'priority 7', push: { priority: 7 } },
  {
    reason: 'BadCollapseId',
    status: 400,
    about: 'a collapse id of 65 bytes',
    push: { collapseId: 'x'.repeat(65) },
  },
  {
    reason: 'BadMessageId',
    status: 400,
    about: 'an apns-id that is no UUID',
    push: { apnsId: 'number-one' },
  },
  { reason: 'InvalidPushType', status: 400, about: 'a push type of its own', push: { pushType: 'bell' } },
  {
    reason: 'PayloadTooLarge',
    status: 413,
    about: 'more than 4096 bytes',
    push: { payload: { mdm: 'x'.repeat(4096) } },
  },
];

/** Errors that a fault brings up, since nothing that a client does would. */
export const FAULTS: readonly { readonly reason: string; readonly status: number }[] = [
  { reason: 'TooManyRequests', status: 429 },
  { reason: 'ServiceUnavailable', status: 503 },
  { reason: 'Shutdown', status: 503 },
  { reason: 'Forbidden', status: 403 },
];
