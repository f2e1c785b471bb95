import { choice, duration, flag, integer, textList } from '../behavior-setting.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `behavior: apns:` of a scenario. What each decides stands in behavior-texts.ts. */
export const APNS_BEHAVIOR = {
  certificate_trust: choice(['local_ca', 'any', 'pinned']),
  certificate_pins: textList([]),
  bad_certificate: choice(['goaway', 'response']),
  expired_certificate: choice(['close', 'response']),
  missing_topic: choice(['from_certificate', 'error']),
  token_syntax: choice(['lenient', 'strict', 'any']),
  unknown_token: choice(['BadDeviceToken', 'accept']),
  generated_id: choice(['upper', 'lower']),
  past_expiration: choice(['accept', 'BadExpirationDate']),
  background_with_priority_10: choice(['BadPriority', 'accept']),
  push_type: choice(['optional', 'required']),
  payload_not_json: choice(['PayloadEmpty', 'accept']),
  payload_limit: integer(4096, 1, 1_048_576),
  voip_payload_limit: integer(5120, 1, 1_048_576),
  broadcast_payload_limit: integer(5120, 1, 1_048_576),
  aps_beside_mdm: choice(['warn', 'silent', 'BadTopic']),
  mdm_with_token: choice(['TopicDisallowed', 'MissingProviderToken', 'accept']),
  topic_outside_key: choice(['TopicDisallowed', 'InvalidProviderToken']),
  environment_key_reason: choice(['BadEnvironmentKeyInToken', 'BadEnvironmentKeyIdInToken']),
  iat: choice(['number', 'integer']),
  token_max_age: duration(HOUR),
  future_iat: choice(['InvalidProviderToken', 'ExpiredProviderToken']),
  token_update_interval: duration(20 * MINUTE),
  max_concurrent_streams: integer(1000, 1, 100_000),
  streams_before_token: integer(1, 1, 100_000),
  header_table_size: integer(4096, 0, 1_048_576),
  initial_window_size: integer(65_535, 0, 2_147_483_647),
  max_frame_size: integer(16_384, 16_384, 16_777_215),
  max_header_list_size: integer(8000, 1, 1_048_576),
  larger_header_list: choice(['accept', '431']),
  idle_close: duration(0),
  streams_drop_after_rejection: flag(false),
  errors_per_connection: integer(0, 0, 1_000_000),
  requests_per_token: integer(0, 0, 1_000_000),
  retry_after: duration(0),
  unique_id: choice(['sandbox', 'always', 'never']),
  date_header: flag(false),
  stored_longest: duration(30 * DAY),
  unknown_listener: choice(['register', 'BadDeviceToken']),
  listener_keep_alive: duration(30 * SECOND),
  channels_per_app: integer(10_000, 1, 1_000_000),
  broadcast: flag(true),
} as const;
