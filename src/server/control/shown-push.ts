import { flag, record, type Schema, text, textOrNull } from './schema.ts';

export const PUSH_SCHEMA: Readonly<Record<string, Schema>> = {
  push_token: textOrNull('hexadecimal'),
  push_magic: textOrNull(),
  push_topic: text(),
  online: flag('pushes reach it; otherwise the newest is stored'),
  'unregistered_at?': textOrNull('since when its token is answered 410'),
  'last_push?': record({
    apns_id: text(),
    at: textOrNull(),
    state: text('delivered, stored or discarded'),
    'reason?': text('why it was discarded'),
    'woke_device?': flag('false where the PushMagic was not that of the device'),
    'expires_at?': textOrNull('of a stored push'),
  }),
};
