import { flag, listOf, record, type Schema, text, textOrNull } from './schema.ts';
import { PUSH_SCHEMA } from './shown-push.ts';

export const DEVICE_SCHEMA: Schema = record({
  serial_number: text(),
  model: text(),
  description: text(),
  'color?': text(),
  'asset_tag?': text(),
  os: text(),
  device_family: text(),
  mdm_server: textOrNull('server_name of its MDM server'),
  'disowned?': flag(),
  profile_status: text(),
  profile_uuid: textOrNull(),
  'profile_name?': text(),
  profile_assign_time: textOrNull(),
  profile_push_time: textOrNull(),
  device_assigned_date: textOrNull(),
  device_assigned_by: text(),
  'mdm_migration_deadline?': textOrNull(),
  'throttled_until?': textOrNull('where it is in cooldown'),
  'activation_locked?': flag(),
  'replaces?': record({ serial_number: text(), at: textOrNull() }),
  ...PUSH_SCHEMA,
  identifiers: record({
    'imei?': listOf(text()),
    'meid?': listOf(text()),
    'eid?': text(),
    'wifi_mac_address?': text(),
    'bluetooth_mac_address?': text(),
    'ethernet_mac_address?': text(),
  }),
});
