import * as z from 'zod';
import { PLATFORMS, PRICING_PARAMS, PRODUCT_TYPES } from '../../../organization/content/definition.ts';
import { NOTIFICATION_TYPES } from '../../../organization/content/notification.ts';
import { mdmInfoSchema } from '../content.ts';
import { filledText, instantText } from '../texts.ts';
import { count, record } from './record.ts';

const token = record({
  token: filledText,
  rights: z.enum(['full', 'read_only']),
  kind: z.enum(['location', 'legacy']),
  status: z.enum(['valid', 'revoked']),
  expires_at: instantText,
  second: z.int(),
  requests: count,
});

const asset = record({
  adam_id: filledText,
  pricing_param: z.enum(PRICING_PARAMS),
  product_type: z.enum(PRODUCT_TYPES),
  device_assignable: z.boolean(),
  revocable: z.boolean(),
  platforms: z.array(z.enum(PLATFORMS)),
  total: z.int(),
  retired: z.int(),
});

const user = record({
  user_id: count,
  client_user_id: z.string(),
  email: z.string().optional(),
  managed_apple_id: z.string().optional(),
  apple_account: z.string().optional(),
  status: z.enum(['Registered', 'Associated', 'Retired']),
  former: count.optional().meta({ description: 'index of the record before, of the same client_user_id' }),
  was_linked: z.boolean(),
  superseded: z.boolean(),
  version: count,
});

const byText = z.array(z.tuple([z.string(), count]));

const users = record({ users: z.array(user), by_client_user_id: byText, by_apple_account: byText });

const taken = record({
  asset: count.meta({ description: 'index of the asset' }),
  user: count.optional().meta({ description: 'index of the user' }),
  serial_number: z.string().optional(),
  slot: count.meta({ description: 'place in the lists of assignments' }),
  license: count.meta({ description: 'number of the license within its asset' }),
  version: count,
});

const assignments = record({
  taken: z.array(taken).meta({ description: 'licenses in the order in which they were assigned' }),
  free_slots: z.array(count),
  free_licenses: z.array(z.array(count)).meta({ description: 'of each asset' }),
  freed: z
    .array(z.tuple([count, count, count]))
    .meta({ description: 'version, asset and license of those that came free' }),
  serials: z.array(z.string()).meta({ description: 'serial numbers that hold a license, or held one' }),
  free: z.array(count).meta({ description: 'places in `serials` that are given again' }),
});

const subscription = record({
  adam_id: count,
  parent_adam_id: count.optional(),
  renewing: z.int(),
  expiring: z.int(),
  period_end: filledText,
  seats: z
    .array(z.tuple([z.string(), z.boolean()]))
    .meta({ description: 'clientUserId, and whether the seat renews' }),
  admins: z.array(z.string()),
});

const requestUser = record({
  client_user_id: z.string(),
  email: z.string().optional(),
  managed_apple_id: z.string().optional(),
});

const request = z.union([
  record({
    kind: z.literal('assets'),
    type: z.enum(['ASSOCIATE', 'DISASSOCIATE']),
    assets: z.array(count),
    client_user_ids: z.array(z.string()),
    serial_numbers: z.array(z.string()),
  }),
  record({
    kind: z.literal('revoke'),
    type: z.literal('REVOKE'),
    client_user_ids: z.array(z.string()),
    serial_numbers: z.array(z.string()),
  }),
  record({
    kind: z.literal('users'),
    type: z.enum(['CREATE', 'UPDATE', 'RETIRE']),
    users: z.array(requestUser),
  }),
  record({
    kind: z.literal('subscriptions'),
    type: z.enum(['ASSOCIATE', 'DISASSOCIATE']),
    adam_ids: z.array(z.int()),
    client_user_ids: z.array(z.string()),
    renewing: z.boolean(),
    deferred: z.boolean(),
  }),
]);

const failure = record({
  error_number: z.int(),
  assets: z.array(record({ adam_id: z.string(), pricing_param: z.enum(PRICING_PARAMS) })),
  client_user_ids: z.array(z.string()),
  serial_numbers: z.array(z.string()),
});

const event = record({
  event_id: filledText,
  type: z.enum(['ASSOCIATE', 'DISASSOCIATE', 'REVOKE', 'CREATE', 'UPDATE', 'RETIRE']),
  num_requested: count,
  request: request.optional().meta({ description: 'what is still to be done' }),
  status: z.enum(['PENDING', 'COMPLETE', 'FAILED']),
  num_completed: count,
  failures: z.array(failure),
});

const notification = record({
  notification_id: filledText,
  notification_type: z.enum([...NOTIFICATION_TYPES, 'TEST_NOTIFICATION']),
  notification: z.record(z.string(), z.unknown()),
});

export const locationState = record({
  name: filledText.meta({ description: 'of the location at the same place under `locations`' }),
  tokens: z.array(token).min(1).optional(),
  assets: z.array(asset).optional(),
  users: users.optional(),
  assignments: assignments.optional(),
  subscriptions: z.array(subscription).optional(),
  subscriptions_enabled: z.boolean().optional(),
  events: z.array(event).optional().meta({ description: 'asynchronous events by their id' }),
  versions: z
    .strictObject({ assets: count, assignments: count, users: count, subscriptions: count })
    .optional()
    .meta({ description: 'by which versionIds are made' }),
  config: record({
    mdm_info: mdmInfoSchema.optional(),
    notification_url: z.string().optional(),
    notification_auth_token: z.string().optional(),
    notification_types: z.array(z.enum([...NOTIFICATION_TYPES, 'TEST_NOTIFICATION'])),
  }).optional(),
  legacy_config: record({
    apn_token: z.string().optional(),
    notification_token: z.string().optional(),
    notification_url: z.string().optional(),
  }).optional(),
  client_context: z.string().optional(),
  used_by_v2: z.boolean().optional(),
  outbox: z.array(notification).optional().meta({ description: 'notifications that are still to be sent' }),
});
