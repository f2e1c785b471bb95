import { choice, duration, flag, integer, textList } from '../../organization/behavior.ts';
import { APNS_PAGES as PAGE, APNS_THREADS as THREAD } from './pages.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `behavior: apns:` of a scenario. */
export const APNS_BEHAVIOR = {
  certificate_trust: choice(
    ['local_ca', 'any', 'pinned'],
    'client certificates that are accepted: of this server’s authority, any with a topic, or those of certificate_pins',
    'default',
  ),
  certificate_pins: textList([], 'SHA-256 fingerprints of the certificates that `pinned` accepts', 'default'),
  bad_certificate: choice(
    ['goaway', 'response'],
    'a certificate that is not accepted, revoked or of the other environment: GOAWAY with the reason, or 403',
    THREAD.goaway,
  ),
  expired_certificate: choice(
    ['close', 'response'],
    'a connection with an expired certificate is closed after the handshake, or its requests get 403 BadCertificate',
    THREAD.expiredCertificate,
  ),
  missing_topic: choice(
    ['from_certificate', 'error'],
    'a push without apns-topic takes the one topic of the certificate, or is MissingTopic',
    'https://github.com/micromdm/nanomdm/blob/main/push/nanopush/provider.go',
  ),
  token_syntax: choice(
    ['lenient', 'strict', 'any'],
    'device tokens are 32 to 100 bytes, exactly 32 bytes, or of any size, in hexadecimal',
    PAGE.sending,
  ),
  unknown_token: choice(
    ['BadDeviceToken', 'accept'],
    'a push to an unknown device token is rejected, or accepted and recorded',
    'default',
  ),
  generated_id: choice(['upper', 'lower'], 'case of an apns-id that is generated', THREAD.listeners),
  past_expiration: choice(
    ['accept', 'BadExpirationDate'],
    'an apns-expiration in the past: deliver immediately or drop, or reject',
    'default',
  ),
  background_with_priority_10: choice(
    ['BadPriority', 'accept'],
    'answer to push type background with priority 10, which Apple’s page calls an error without a name',
    PAGE.sending,
  ),
  push_type: choice(
    ['optional', 'required'],
    'a push without apns-push-type is accepted, or InvalidPushType',
    PAGE.sending,
  ),
  payload_not_json: choice(
    ['PayloadEmpty', 'accept'],
    'answer to a payload that is no JSON object',
    'default',
  ),
  payload_limit: integer(4096, [1, 1_048_576], 'largest payload in bytes', PAGE.sending),
  voip_payload_limit: integer(
    5120,
    [1, 1_048_576],
    'largest payload of push type voip in bytes',
    PAGE.sending,
  ),
  broadcast_payload_limit: integer(
    5120,
    [1, 1_048_576],
    'largest payload of a broadcast in bytes',
    'default',
  ),
  aps_beside_mdm: choice(
    ['warn', 'silent', 'BadTopic'],
    'an `aps` member beside `mdm` is noted in the journal, ignored, or rejected',
    'https://github.com/petarov/apns-push-cmd',
  ),
  mdm_with_token: choice(
    ['TopicDisallowed', 'MissingProviderToken', 'accept'],
    'answer to an MDM push with a provider token, which Apple does not support',
    PAGE.mdmCertificates,
  ),
  topic_outside_key: choice(
    ['TopicDisallowed', 'InvalidProviderToken'],
    'answer to a topic that the key of the token does not cover',
    'default',
  ),
  environment_key_reason: choice(
    ['BadEnvironmentKeyInToken', 'BadEnvironmentKeyIdInToken'],
    'reason for a key of the other environment: as on the wire, or as documented',
    THREAD.environmentKey,
  ),
  iat: choice(
    ['number', 'integer'],
    'iat of a provider token may have a fraction, or must be a whole number',
    'https://github.com/Pr0Ger/PyAPNs2/blob/master/apns2/credentials.py',
  ),
  token_max_age: duration(HOUR, 'age up to which a provider token is accepted', PAGE.tokens),
  future_iat: choice(
    ['InvalidProviderToken', 'ExpiredProviderToken'],
    'answer to a provider token from more than token_max_age ahead',
    'default',
  ),
  token_update_interval: duration(
    20 * MINUTE,
    'time between two provider tokens on one connection; a sooner one is TooManyProviderTokenUpdates; 0 = any',
    PAGE.tokens,
  ),
  max_concurrent_streams: integer(1000, [1, 100_000], 'SETTINGS_MAX_CONCURRENT_STREAMS', THREAD.settings),
  streams_before_token: integer(
    1,
    [1, 100_000],
    'the same, before the first valid provider token of a connection without a certificate',
    PAGE.sending,
  ),
  header_table_size: integer(4096, [0, 1_048_576], 'SETTINGS_HEADER_TABLE_SIZE', THREAD.settings),
  initial_window_size: integer(65_535, [0, 2_147_483_647], 'SETTINGS_INITIAL_WINDOW_SIZE', THREAD.settings),
  max_frame_size: integer(16_384, [16_384, 16_777_215], 'SETTINGS_MAX_FRAME_SIZE', THREAD.settings),
  max_header_list_size: integer(8000, [1, 1_048_576], 'SETTINGS_MAX_HEADER_LIST_SIZE', THREAD.settings),
  larger_header_list: choice(
    ['accept', '431'],
    'a request whose list of header fields is larger than max_header_list_size, which RFC 9113 section 10.5.1 calls advice, is accepted, or gets 431 on the TLS port',
    'default',
  ),
  idle_close: duration(
    0,
    'real time without a request after which a connection gets GOAWAY, IdleTimeout; 0 = never',
    PAGE.responses,
  ),
  streams_drop_after_rejection: flag(
    false,
    'the stream limit falls to 1 with a rejected push and rises with the next good one',
    THREAD.streamLimit,
  ),
  errors_per_connection: integer(
    0,
    [0, 1_000_000],
    'rejected pushes (except 410) after which a connection gets GOAWAY; 0 = any number',
    PAGE.responses,
  ),
  requests_per_token: integer(
    0,
    [0, 1_000_000],
    'pushes to one device token within a minute before TooManyRequests; 0 = any number',
    'default',
  ),
  retry_after: duration(0, 'Retry-After of 429 and 503; 0 = not sent', 'default'),
  unique_id: choice(['sandbox', 'always', 'never'], 'where apns-unique-id is sent', PAGE.responses),
  date_header: flag(false, 'answers carry a Date header', 'default'),
  stored_longest: duration(
    30 * DAY,
    'longest time for which a push to an absent device is kept',
    PAGE.metrics,
  ),
  unknown_listener: choice(
    ['register', 'BadDeviceToken'],
    'a listener with an unknown device token registers it, or is rejected',
    THREAD.listeners,
  ),
  listener_keep_alive: duration(
    30 * SECOND,
    'time between comments to a listener; 0 = none',
    THREAD.listeners,
  ),
  channels_per_app: integer(
    10_000,
    [1, 1_000_000],
    'broadcast channels of one app in one environment',
    PAGE.channels,
  ),
  broadcast: flag(true, 'whether apps may broadcast; false: FeatureNotEnabled', PAGE.channels),
} as const;

declare module '../../organization/behavior.ts' {
  interface KnownBehaviorTables {
    readonly apns: typeof APNS_BEHAVIOR;
  }
}
