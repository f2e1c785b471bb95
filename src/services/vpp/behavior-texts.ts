import type { BehaviorTexts } from '../behavior-setting.ts';
import type { VPP_BEHAVIOR } from './behavior.ts';
import { VPP_PAGES as PAGE } from './pages.ts';

const FLEET_CLIENT = 'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go';

/** What each key of `behavior: vpp:` decides, and where its default comes from; `default` is explained in docs/fidelity.md. */
export const VPP_BEHAVIOR_TEXTS: BehaviorTexts<typeof VPP_BEHAVIOR> = {
  invalid_token: [
    'status of 9622 on v2 for a content token that is unknown or none: as seen live, or as documented for its siblings',
    FLEET_CLIENT,
  ],
  token_status: ['status of 9621 and 9625 on v2 for an expired and a revoked content token', PAGE.errors],
  new_token_revokes: ['a new content token of a location ends the former ones', 'default'],
  metadata_url: [
    'contentMetadataLookup in the service configs; empty: the origin that the client used',
    'default',
  ],
  token_expiration_date: [
    'when tokenExpirationDate is told: in every answer as in all samples, or as the prose has it',
    PAGE.gettingStarted,
  ],
  max_assets: ['assets in one call', PAGE.serviceConfig],
  max_client_user_ids: ['client user ids in one associate or disassociate', PAGE.serviceConfig],
  max_serial_numbers: ['serial numbers in one associate or disassociate', PAGE.serviceConfig],
  max_revoke_client_user_ids: ['client user ids in one revoke', PAGE.serviceConfig],
  max_revoke_serial_numbers: ['serial numbers in one revoke', PAGE.serviceConfig],
  max_users: ['users in one create, update or retire', PAGE.serviceConfig],
  max_notification_length: ['characters of the notification URL, and of its token', PAGE.serviceConfig],
  max_mdm_id_length: ['characters of mdmInfo.id', PAGE.serviceConfig],
  max_mdm_name_length: ['characters of mdmInfo.name', PAGE.serviceConfig],
  max_mdm_metadata_length: ['characters of mdmInfo.metadata', PAGE.serviceConfig],
  max_requests_per_second: ['requests of one content token in a real second before 9646', PAGE.serviceConfig],
  max_subscriptions: ['subscriptions in one call', PAGE.managingSubscriptions],
  max_subscription_client_user_ids: [
    'client user ids in one call for subscriptions',
    PAGE.managingSubscriptions,
  ],
  subscription_limit_error: [
    "number of too many subscriptions: the error table's, or that of the page on subscriptions",
    PAGE.managingSubscriptions,
  ],
  page_size: ['records on a page of v2 and of v1 assignments', PAGE.paging],
  version_changes_every: [
    'every so many pages the version of the data changes, as if somebody wrote; 0 = never',
    PAGE.paging,
  ],
  unknown_asset: [
    'error of an associate or disassociate of an asset that the location does not have',
    'default',
  ],
  unknown_serial: [
    'a serial number that is no device of the organization is assigned all the same, or its pair fails with 9610',
    'https://github.com/fleetdm/fleet/issues/20449',
  ],
  disassociate_unassigned: [
    'v2 disassociate of a pair that is not there counts as done, or fails with 9619',
    'default',
  ],
  event_delay: ['virtual time between a write and its effect', 'default'],
  event_outcome: ['events complete after their delay, or stay PENDING forever', 'default'],
  event_error: ['error number that pairs and users of events meet; 0 = none', PAGE.errors],
  event_error_every: ['every so many pairs or users meet event_error; 1 = all', 'default'],
  event_retention: ['events of a location that /status remembers', 'default'],
  webhooks: [
    'notifications are sent once, doubled with the same notificationId, or lost',
    PAGE.notifications,
  ],
  webhook_delay: ['real time before a notification is sent', 'default'],
  webhook_attempts: ['attempts of a notification in all', PAGE.notifications],
  webhook_retry: ['virtual time between the attempts', PAGE.notifications],
  webhook_timeout: ['real time that a receiver has to answer', 'default'],
  test_notification: [
    'a notification URL must answer TEST_NOTIFICATION, or is taken unseen',
    PAGE.notifications,
  ],
  unknown_members: ['members of a v2 body that Apple does not document are ignored, or 9602', FLEET_CLIENT],
  content_type: ['a body with another content type is 9727, or taken', PAGE.errors],
  retry_after: ['Retry-After of 9646 and of every 5xx; 0 = none', PAGE.errors],
  v2_marker: ['clientContext of v1 once the location was used with v2', PAGE.upgrading],
  v1_batch_size: ['licenses or users in a batch of v1', PAGE.largeSets],
  v1_max_associate: ['associations in one v1 manage call', PAGE.legacyServiceConfig],
  v1_max_disassociate: ['disassociations in one v1 manage call', PAGE.legacyServiceConfig],
  v1_client_context_length: ['bytes of clientContext', PAGE.protecting],
  v1_total_batch_count: ['totalBatchCount as text, as in the sample, or as a number', PAGE.legacyLicenses],
  catalog_access: [
    'forbidden: the catalog answers 403 40300 whatever the tokens are',
    'https://github.com/fleetdm/fleet/issues/43596',
  ],
  developer_token: [
    'developer tokens are verified where the scenario names metadata keys, looked at only, or never looked at',
    PAGE.developerTokens,
  ],
  lookup_version_spaces: [
    'versionDisplay comes with a stray space, as seen live',
    'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go',
  ],
};
