import type { FieldGroup } from '../../engine/fields.ts';
import { received, sent } from '../../engine/fields.ts';

const CHANNEL_CALLS = ['create', 'read', 'delete', 'list'] as const;

/** Fields of the push service. Header fields stand in lower case. */
export const APNS_FIELDS = {
  device: {
    places: [{ operation: 'apns.push', at: '$.parameters' }],
    fields: [sent('token', 'text', { personal: 'pseudonym', rows: [1] })],
  },
  push_headers: {
    places: [{ operation: 'apns.push', at: '$.headers' }],
    fields: [
      sent('apns-topic', 'text'),
      sent('apns-push-type', 'text'),
      sent('apns-id', 'text'),
      sent('apns-expiration', 'text'),
      sent('apns-priority', 'text'),
      sent('apns-collapse-id', 'text'),
      sent('authorization', 'secret'),
    ],
  },
  payload: {
    places: [{ operation: 'apns.push', at: '$.body' }],
    fields: [
      // The PushMagic of the device, as it gave it at check-in.
      sent('mdm', 'text', { personal: 'pseudonym', rows: [1] }),
      sent('aps', 'object', { personal: 'maybe' }),
    ],
  },
  push_answer_headers: {
    places: [{ operation: 'apns.push', at: '$.response.headers' }],
    fields: [received('apns-id', 'text'), received('apns-unique-id', 'text')],
  },
  push_rejection: {
    places: ['apns.push', 'apns.broadcast', ...CHANNEL_CALLS.map((call) => `apns.channels.${call}`)].map(
      (operation) => ({ operation, at: '$.response.body' }),
    ),
    fields: [received('reason', 'text'), received('timestamp', 'integer')],
  },
  listener: {
    places: [{ operation: 'apns.events', at: '$.query' }],
    fields: [sent('token', 'text', { personal: 'pseudonym' })],
  },
  channel_headers: {
    places: [...CHANNEL_CALLS.map((call) => `apns.channels.${call}`), 'apns.broadcast'].map((operation) => ({
      operation,
      at: '$.headers',
    })),
    fields: [
      sent('apns-request-id', 'text'),
      sent('apns-channel-id', 'text'),
      sent('apns-push-type', 'text'),
      sent('apns-priority', 'text'),
      sent('apns-expiration', 'text'),
      sent('authorization', 'secret'),
    ],
  },
  channel_answer_headers: {
    places: [...CHANNEL_CALLS.map((call) => `apns.channels.${call}`), 'apns.broadcast'].map((operation) => ({
      operation,
      at: '$.response.headers',
    })),
    fields: [received('apns-request-id', 'text'), received('apns-channel-id', 'text')],
  },
  channel: {
    places: [{ operation: 'apns.channels.create', at: '$.body' }],
    fields: [sent('message-storage-policy', 'integer'), sent('push-type', 'text')],
  },
  channel_configuration: {
    places: [{ operation: 'apns.channels.read', at: '$.response.body' }],
    fields: [received('message-storage-policy', 'integer'), received('push-type', 'text')],
  },
  channel_list: {
    places: [{ operation: 'apns.channels.list', at: '$.response.body' }],
    fields: [received('channels', 'texts')],
  },
  broadcast_payload: {
    places: [{ operation: 'apns.broadcast', at: '$.body' }],
    fields: [sent('aps', 'object', { personal: 'maybe' })],
  },
} as const satisfies Readonly<Record<string, FieldGroup>>;
