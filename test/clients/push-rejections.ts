import type { Push } from './push-client.ts';

/** A change to a valid push, and the error response to it. */
export interface RejectedPush {
  readonly reason: string;
  readonly status: number;
  readonly condition: string;
  readonly push: Partial<Push>;
}

const UNKNOWN_TOKEN = 'ab'.repeat(32);

/** With any credential. */
export const REJECTED_PUSHES: readonly RejectedPush[] = [
  {
    reason: 'BadDeviceToken',
    status: 400,
    condition: 'an unknown device token',
    push: { token: UNKNOWN_TOKEN },
  },
  {
    reason: 'BadDeviceToken',
    status: 400,
    condition: 'a truncated device token',
    push: { token: 'ab'.repeat(16).slice(2) },
  },
  { reason: 'BadPriority', status: 400, condition: 'priority 7', push: { priority: 7 } },
  {
    reason: 'BadCollapseId',
    status: 400,
    condition: 'a collapse id of 65 bytes',
    push: { collapseId: 'x'.repeat(65) },
  },
  {
    reason: 'BadMessageId',
    status: 400,
    condition: 'an apns-id that is not a UUID',
    push: { apnsId: 'number-one' },
  },
  { reason: 'InvalidPushType', status: 400, condition: 'an unknown push type', push: { pushType: 'bell' } },
  {
    reason: 'PayloadTooLarge',
    status: 413,
    condition: 'a payload of more than 4096 bytes',
    push: { payload: { mdm: 'x'.repeat(4096) } },
  },
];

/** Errors that only a fault can produce. */
export const FAULTS: readonly { readonly reason: string; readonly status: number }[] = [
  { reason: 'TooManyRequests', status: 429 },
  { reason: 'ServiceUnavailable', status: 503 },
  { reason: 'Shutdown', status: 503 },
  { reason: 'Forbidden', status: 403 },
];
