import * as z from 'zod/mini';
import type { ServerToken } from '../../../organization/enrollment/mdm-server.ts';
import { DEVICE_FAMILIES } from '../../../organization/inventory/device-facts.ts';
import { type SerialFormatName, serialFormats } from '../../../organization/inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../../../organization/inventory/serial-numbers.ts';
import { literalDeviceSchema, profileStatus } from '../devices.ts';
import { described, filledText, instantText } from '../texts.ts';
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
  answers: described(count, 'answers since it began or was last rotated'),
  ends_at: described(z.optional(instantText), 'set once a successor was handed out'),
});

const syncEvent = record({
  number: described(count, 'rises within the organization; cursors count by it'),
  at: instantText,
  operation: z.enum(['added', 'modified', 'deleted']),
  devices: z.optional(z.array(deviceName)),
  from: described(z.optional(deviceName), 'in place of `devices`: this one and those after it'),
  count: z.optional(count),
  released_by_replacement: z.optional(z.boolean()),
});

const server = record({
  server_name: filledText,
  server_tokens: described(
    z.optional(z.array(serverToken).check(z.minLength(1))),
    'the newest last; former ones are told from unknown ones',
  ),
  sessions: z.optional(z.array(session)),
  nonces: described(
    z.optional(z.array(z.tuple([filledText, instantText]))),
    'OAuth nonces in use, and when each may be forgotten',
  ),
  window: described(
    z.optional(record({ started_at: instantText, requests: count })),
    'requests of the running minute',
  ),
  sync_log: z.optional(
    record({
      folded_up_to: described(count, 'cursors up to this event are expired'),
      events: z.array(syncEvent),
    }),
  ),
});

const place = {
  mdm_server: described(z.optional(filledText), 'server_name; of none where not given'),
  disowned: z.optional(z.boolean()),
  profile: described(z.optional(filledText), 'profile_uuid of its profile'),
  profile_status: z.optional(profileStatus),
  device_assigned_date: z.optional(instantText),
  profile_assign_time: z.optional(instantText),
  profile_push_time: z.optional(instantText),
  member_since: described(
    z.optional(count),
    'number of the event that brought it to its MDM server; 0: from the beginning',
  ),
};

const generated = z.strictObject({
  generate: z.int().check(z.minimum(1), z.maximum(GROUP_CAPACITY)),
  device_family: z.optional(z.enum(DEVICE_FAMILIES)),
  model: z.optional(filledText),
  color: z.optional(filledText),
  description: z.optional(filledText),
  asset_tag: z.optional(filledText),
  serial_format: z.optional(
    z.enum(serialFormats.map(({ name }) => name) as [SerialFormatName, ...SerialFormatName[]]),
  ),
});

const group = described(
  record({
    named: z.optional(z.array(literalDeviceSchema)),
    generated: z.optional(generated),
    ...place,
    device_assigned_by: z.string(),
  }),
  'devices that came together',
);

const device = described(
  record({
    serial_number: deviceName,
    ...place,
    device_assigned_by: z.optional(z.string()),
    mdm_migration_deadline: z.optional(instantText),
    throttled_until: z.optional(instantText),
    activation_locked: z.optional(z.boolean()),
    replaces: z.optional(z.strictObject({ device: deviceName, at: instantText })),
  }),
  'all that is true of it now',
);

export const enrollmentState = record({
  terms: z.optional(z.enum(['accepted', 'expired'])),
  account_driven_profile: described(
    z.optional(record({ url: z.string(), updated_at: instantText })),
    'service discovery URL of account-driven enrollment',
  ),
  last_event: z.optional(count),
  mdm_servers: z.optional(z.array(server)),
  profiles: described(
    z.optional(
      z.array(
        record({
          mdm_server: filledText,
          profile_uuid: filledText,
          profile: z.record(z.string(), z.unknown()),
        }),
      ),
    ),
    'those that were defined since the beginning',
  ),
  groups: described(z.optional(z.array(group)), 'devices that came since the beginning'),
  devices: described(z.optional(z.array(device)), 'those to which something has happened'),
});
