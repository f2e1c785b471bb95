import * as z from 'zod/mini';
import { PLATFORMS, PRICING_PARAMS, PRODUCT_TYPES } from '../../../organization/content/definition.ts';
import { NOTIFICATION_TYPES } from '../../../organization/content/notification.ts';
import { mdmInfoSchema } from '../content.ts';
import { described, filledText, instantText } from '../texts.ts';
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
  email: z.optional(z.string()),
  managed_apple_id: z.optional(z.string()),
  apple_account: z.optional(z.string()),
  status: z.enum(['Registered', 'Associated', 'Retired']),
  former: described(z.optional(count), 'index of the record before, of the same client_user_id'),
  was_linked: z.boolean(),
  superseded: z.boolean(),
  version: count,
});

const byText = z.array(z.tuple([z.string(), count]));

const users = record({ users: z.array(user), by_client_user_id: byText, by_apple_account: byText });

const taken = record({
  asset: described(count, 'index of the asset'),
  user: described(z.optional(count), 'index of the user'),
  serial_number: z.optional(z.string()),
  slot: described(count, 'place in the lists of assignments'),
  license: described(count, 'number of the license within its asset'),
  version: count,
});

const assignments = record({
  taken: described(z.array(taken), 'licenses in the order in which they were assigned'),
  free_slots: z.array(count),
  free_licenses: described(z.array(z.array(count)), 'of each asset'),
  freed: described(
    z.array(z.tuple([count, count, count])),
    'version, asset and license of those that came free',
  ),
  serials: described(z.array(z.string()), 'serial numbers that hold a license, or held one'),
  free: described(z.array(count), 'places in `serials` that are given again'),
});

const subscription = record({
  adam_id: count,
  parent_adam_id: z.optional(count),
  renewing: z.int(),
  expiring: z.int(),
  period_end: filledText,
  seats: described(z.array(z.tuple([z.string(), z.boolean()])), 'clientUserId, and whether the seat renews'),
  admins: z.array(z.string()),
});

const requestUser = record({
  client_user_id: z.string(),
  email: z.optional(z.string()),
  managed_apple_id: z.optional(z.string()),
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
  request: described(z.optional(request), 'what is still to be done'),
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
  name: described(filledText, 'of the location at the same place under `locations`'),
  tokens: z.optional(z.array(token).check(z.minLength(1))),
  assets: z.optional(z.array(asset)),
  users: z.optional(users),
  assignments: z.optional(assignments),
  subscriptions: z.optional(z.array(subscription)),
  subscriptions_enabled: z.optional(z.boolean()),
  events: described(z.optional(z.array(event)), 'asynchronous events by their id'),
  versions: described(
    z.optional(z.strictObject({ assets: count, assignments: count, users: count, subscriptions: count })),
    'by which versionIds are made',
  ),
  config: z.optional(
    record({
      mdm_info: z.optional(mdmInfoSchema),
      notification_url: z.optional(z.string()),
      notification_auth_token: z.optional(z.string()),
      notification_types: z.array(z.enum([...NOTIFICATION_TYPES, 'TEST_NOTIFICATION'])),
    }),
  ),
  legacy_config: z.optional(
    record({
      apn_token: z.optional(z.string()),
      notification_token: z.optional(z.string()),
      notification_url: z.optional(z.string()),
    }),
  ),
  client_context: z.optional(z.string()),
  used_by_v2: z.optional(z.boolean()),
  outbox: described(z.optional(z.array(notification)), 'notifications that are still to be sent'),
});
