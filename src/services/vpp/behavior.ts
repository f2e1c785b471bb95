import { choice, duration, flag, integer, text } from '../../organization/behavior.ts';
import { VPP_PAGES as PAGE } from './pages.ts';

const FLEET_CLIENT = 'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const limit = (value: number, about: string, source: string) =>
  integer(value, [1, 10_000_000], about, source);

/** `behavior: vpp:` of a scenario. */
export const VPP_BEHAVIOR = {
  invalid_token: choice(
    ['200', '401'],
    'status of 9622 on v2 for a content token that is unknown or none: as seen live, or as documented for its siblings',
    FLEET_CLIENT,
  ),
  token_status: choice(
    ['401', '200'],
    'status of 9621 and 9625 on v2 for an expired and a revoked content token',
    PAGE.errors,
  ),
  new_token_revokes: flag(false, 'a new content token of a location ends the former ones', 'default'),
  metadata_url: text(
    '',
    'contentMetadataLookup in the service configs; empty: the origin that the client used',
    'default',
  ),
  token_expiration_date: choice(
    ['always', 'last_15_days'],
    'when tokenExpirationDate is returned: in every response as in all samples, or as the prose says',
    PAGE.gettingStarted,
  ),
  max_assets: limit(25, 'assets in one call', PAGE.serviceConfig),
  max_client_user_ids: limit(1000, 'client user ids in one associate or disassociate', PAGE.serviceConfig),
  max_serial_numbers: limit(1000, 'serial numbers in one associate or disassociate', PAGE.serviceConfig),
  max_revoke_client_user_ids: limit(100, 'client user ids in one revoke', PAGE.serviceConfig),
  max_revoke_serial_numbers: limit(100, 'serial numbers in one revoke', PAGE.serviceConfig),
  max_users: limit(100, 'users in one create, update or retire', PAGE.serviceConfig),
  max_notification_length: limit(
    512,
    'characters of the notification URL, and of its token',
    PAGE.serviceConfig,
  ),
  max_mdm_id_length: limit(100, 'characters of mdmInfo.id', PAGE.serviceConfig),
  max_mdm_name_length: limit(100, 'characters of mdmInfo.name', PAGE.serviceConfig),
  max_mdm_metadata_length: limit(255, 'characters of mdmInfo.metadata', PAGE.serviceConfig),
  max_requests_per_second: limit(
    15,
    'requests of one content token in a second, as the service config says; rate_limit enforces it',
    PAGE.serviceConfig,
  ),
  rate_limit: choice(
    ['off', 'enforced'],
    'requests beyond max_requests_per_second, counted by the virtual clock, are accepted or rejected with 9646',
    'default',
  ),
  max_subscriptions: limit(25, 'subscriptions in one call', PAGE.managingSubscriptions),
  max_subscription_client_user_ids: limit(
    1000,
    'client user ids in one call for subscriptions',
    PAGE.managingSubscriptions,
  ),
  subscription_limit_error: choice(
    ['9816', '9805'],
    "number of too many subscriptions: the error table's, or that of the page on subscriptions",
    PAGE.managingSubscriptions,
  ),
  page_size: limit(500, 'records on a page of v2 and of v1 assignments', PAGE.paging),
  version_changes_every: integer(
    0,
    [0, 1_000_000],
    'number of pages after which the version of the data changes, as after a write; 0 = never',
    PAGE.paging,
  ),
  unknown_asset: choice(
    ['9602', '9709'],
    'error of an associate or disassociate of an asset that the location does not have',
    'default',
  ),
  unknown_serial: choice(
    ['accepted', 'failed'],
    'a serial number that is no device of the organization is assigned all the same, or its pair fails with 9610',
    'https://github.com/fleetdm/fleet/issues/20449',
  ),
  disassociate_unassigned: choice(
    ['done', 'failed'],
    'v2 disassociate of a pair that is not there counts as done, or fails with 9619',
    'default',
  ),
  event_delay: duration(SECOND, 'virtual time between a write and its effect', 'default'),
  event_outcome: choice(
    ['complete', 'pending'],
    'events complete after their delay, or stay PENDING forever',
    'default',
  ),
  event_error: integer(
    0,
    [0, 9999],
    'error number that pairs and users of events meet; 0 = none',
    PAGE.errors,
  ),
  event_error_every: integer(
    1,
    [1, 1_000_000],
    'every so many pairs or users meet event_error; 1 = all',
    'default',
  ),
  event_retention: limit(10_000, 'events of a location that /status remembers', 'default'),
  webhooks: choice(
    ['once', 'twice', 'dropped'],
    'notifications are sent once, doubled with the same notificationId, or lost',
    PAGE.notifications,
  ),
  webhook_delay: duration(0, 'real time before a notification is sent', 'default'),
  webhook_attempts: integer(3, [1, 10], 'attempts of a notification in all', PAGE.notifications),
  webhook_retry: duration(MINUTE, 'virtual time between the attempts', PAGE.notifications),
  webhook_timeout: duration(10 * SECOND, 'real time that a receiver has to answer', 'default'),
  test_notification: choice(
    ['required', 'skipped'],
    'a notification URL must answer TEST_NOTIFICATION, or is taken unseen',
    PAGE.notifications,
  ),
  unknown_members: choice(
    ['ignored', 'rejected'],
    'members of a v2 body that Apple does not document are ignored, or 9602',
    FLEET_CLIENT,
  ),
  content_type: choice(
    ['json', 'unchecked'],
    'a body with another content type is 9727, or taken',
    PAGE.errors,
  ),
  retry_after: duration(30 * SECOND, 'Retry-After of 9646 and of every 5xx; 0 = none', PAGE.errors),
  v2_marker: text(
    '{"hostname":"vpp.itunes.apple.com","guid":"00000000-0000-0000-0000-000000000002"}',
    'clientContext of v1 once the location was used with v2',
    PAGE.upgrading,
  ),
  v1_batch_size: limit(600, 'licenses or users in a batch of v1', PAGE.largeSets),
  v1_max_associate: limit(10, 'associations in one v1 manage call', PAGE.legacyServiceConfig),
  v1_max_disassociate: limit(10, 'disassociations in one v1 manage call', PAGE.legacyServiceConfig),
  v1_client_context_length: limit(256, 'bytes of clientContext', PAGE.protecting),
  v1_total_batch_count: choice(
    ['text', 'number'],
    'totalBatchCount as text, as in the sample, or as a number',
    PAGE.legacyLicenses,
  ),
  catalog_access: choice(
    ['open', 'forbidden'],
    'forbidden: the catalog answers 403 40300 whatever the tokens are',
    'https://github.com/fleetdm/fleet/issues/43596',
  ),
  developer_token: choice(
    ['by_keys', 'shape', 'any'],
    'developer tokens are verified if the scenario has metadata keys, checked for their form only, or not checked',
    PAGE.developerTokens,
  ),
  lookup_version_spaces: flag(
    false,
    'versionDisplay comes with a stray space, as seen live',
    'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go',
  ),
} as const;

declare module '../../organization/behavior.ts' {
  interface KnownBehaviorTables {
    readonly vpp: typeof VPP_BEHAVIOR;
  }
}
