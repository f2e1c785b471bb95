import * as z from 'zod';
import type { ServerToken } from '../../../organization/enrollment/mdm-server.ts';
import { DEVICE_FAMILIES } from '../../../organization/inventory/device-facts.ts';
import { type SerialFormatName, serialFormats } from '../../../organization/inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../../../organization/inventory/serial-numbers.ts';
import { literalDeviceSchema, profileStatus } from '../devices.ts';
import { filledText, instantText } from '../texts.ts';
import { count, record } from './record.ts';

/** A serial number, or the number of a device whose serial number another one has now. */
export const deviceName = z.union([filledText, count]);

/** Its credentials have the names of the wire in the program too. */
const serverToken = z.codec(
  z.strictObject({
    consumer_key: filledText,
    consumer_secret: filledText,
    access_token: filledText,
    access_secret: filledText,
    status: z.enum(['valid', 'replaced', 'revoked']),
    expires_at: instantText,
  }),
  z.custom<Readonly<ServerToken>>(),
  {
    decode: ({ expires_at: expiresAt, ...token }) => ({ ...token, expiresAt }),
    encode: ({ expiresAt, ...token }) => ({ ...token, expires_at: expiresAt }),
  },
);

const session = record({
  token: filledText,
  used_at: instantText,
  answers: count.meta({ description: 'answers since it began or was last rotated' }),
  ends_at: instantText.optional().meta({ description: 'set once a successor was handed out' }),
});

const syncEvent = record({
  number: count.meta({ description: 'rises within the organization; cursors count by it' }),
  at: instantText,
  operation: z.enum(['added', 'modified', 'deleted']),
  devices: z.array(deviceName).optional(),
  from: deviceName.optional().meta({ description: 'in place of `devices`: this one and those after it' }),
  count: count.optional(),
  released_by_replacement: z.boolean().optional(),
});

const server = record({
  server_name: filledText,
  server_tokens: z
    .array(serverToken)
    .min(1)
    .optional()
    .meta({ description: 'the newest last; former ones are told from unknown ones' }),
  sessions: z.array(session).optional(),
  nonces: z
    .array(z.tuple([filledText, instantText]))
    .optional()
    .meta({ description: 'OAuth nonces in use, and when each may be forgotten' }),
  window: record({ started_at: instantText, requests: count })
    .optional()
    .meta({ description: 'requests of the running minute' }),
  sync_log: record({
    folded_up_to: count.meta({ description: 'cursors up to this event are expired' }),
    events: z.array(syncEvent),
  }).optional(),
});

const place = {
  mdm_server: filledText.optional().meta({ description: 'server_name; of none where not given' }),
  disowned: z.boolean().optional(),
  profile: filledText.optional().meta({ description: 'profile_uuid of its profile' }),
  profile_status: profileStatus.optional(),
  device_assigned_date: instantText.optional(),
  profile_assign_time: instantText.optional(),
  profile_push_time: instantText.optional(),
  member_since: count
    .optional()
    .meta({ description: 'number of the event that brought it to its MDM server; 0: from the beginning' }),
};

const generated = z.strictObject({
  generate: z.int().min(1).max(GROUP_CAPACITY),
  device_family: z.enum(DEVICE_FAMILIES).optional(),
  model: filledText.optional(),
  color: filledText.optional(),
  description: filledText.optional(),
  asset_tag: filledText.optional(),
  serial_format: z
    .enum(serialFormats.map(({ name }) => name) as [SerialFormatName, ...SerialFormatName[]])
    .optional(),
});

const group = record({
  named: z.array(literalDeviceSchema).optional(),
  generated: generated.optional(),
  ...place,
  device_assigned_by: z.string(),
}).meta({ description: 'devices that came together' });

const device = record({
  serial_number: deviceName,
  ...place,
  device_assigned_by: z.string().optional(),
  mdm_migration_deadline: instantText.optional(),
  throttled_until: instantText.optional(),
  activation_locked: z.boolean().optional(),
  replaces: z.strictObject({ device: deviceName, at: instantText }).optional(),
}).meta({ description: 'all that is true of it now' });

export const enrollmentState = record({
  terms: z.enum(['accepted', 'lapsed']).optional(),
  account_driven_profile: record({ url: z.string(), updated_at: instantText })
    .optional()
    .meta({ description: 'service discovery URL of account-driven enrollment' }),
  last_event: count.optional(),
  mdm_servers: z.array(server).optional(),
  profiles: z
    .array(
      record({
        mdm_server: filledText,
        profile_uuid: filledText,
        profile: z.record(z.string(), z.unknown()),
      }),
    )
    .optional()
    .meta({ description: 'those that were defined since the beginning' }),
  groups: z.array(group).optional().meta({ description: 'devices that came since the beginning' }),
  devices: z.array(device).optional().meta({ description: 'those to which something has happened' }),
});
