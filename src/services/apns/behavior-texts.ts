import type { BehaviorTexts } from '../behavior-setting.ts';
import type { APNS_BEHAVIOR } from './behavior.ts';
import { APNS_PAGES as PAGE, APNS_THREADS as THREAD } from './pages.ts';

/** What each key of `behavior: apns:` decides, and where its default comes from; `default` is explained in docs/fidelity.md. */
export const APNS_BEHAVIOR_TEXTS: BehaviorTexts<typeof APNS_BEHAVIOR> = {
  certificate_trust: [
    'client certificates that are accepted: of this server’s authority, any with a topic, or those of certificate_pins',
    'default',
  ],
  certificate_pins: ['SHA-256 fingerprints of the certificates that `pinned` accepts', 'default'],
  bad_certificate: [
    'a certificate that is not accepted, revoked or of the other environment: GOAWAY with the reason, or 403',
    THREAD.goaway,
  ],
  expired_certificate: [
    'a client with an expired certificate is cut off after the handshake, or answered 403 BadCertificate',
    THREAD.expiredCertificate,
  ],
  missing_topic: [
    'a push without apns-topic takes the one topic of the certificate, or is MissingTopic',
    'https://github.com/micromdm/nanomdm/blob/main/push/nanopush/provider.go',
  ],
  token_syntax: [
    'device tokens are 32 to 100 bytes, exactly 32 bytes, or of any size, in hexadecimal',
    PAGE.sending,
  ],
  unknown_token: [
    'a push to a device token that nobody has is refused, or accepted and journaled',
    'default',
  ],
  generated_id: ['case of an apns-id that is generated', THREAD.listeners],
  past_expiration: ['an apns-expiration in the past: deliver now or drop, or refuse', 'default'],
  background_with_priority_10: [
    'answer to push type background with priority 10, which Apple’s page calls an error without a name',
    PAGE.sending,
  ],
  push_type: ['a push without apns-push-type is accepted, or InvalidPushType', PAGE.sending],
  payload_not_json: ['answer to a payload that is no JSON object', 'default'],
  payload_limit: ['largest payload in bytes', PAGE.sending],
  voip_payload_limit: ['largest payload of push type voip in bytes', PAGE.sending],
  broadcast_payload_limit: ['largest payload of a broadcast in bytes', 'default'],
  aps_beside_mdm: [
    'an `aps` member beside `mdm` is told in the journal, ignored, or refused',
    'https://github.com/petarov/apns-push-cmd',
  ],
  mdm_with_token: [
    'answer to an MDM push with a provider token, which Apple does not support',
    PAGE.mdmCertificates,
  ],
  topic_outside_key: ['answer to a topic that the key of the token does not cover', 'default'],
  environment_key_reason: [
    'reason for a key of the other environment: as on the wire, or as documented',
    THREAD.environmentKey,
  ],
  iat: [
    'iat of a provider token may have a fraction, or must be a whole number',
    'https://github.com/Pr0Ger/PyAPNs2/blob/master/apns2/credentials.py',
  ],
  token_max_age: ['age up to which a provider token is accepted', PAGE.tokens],
  future_iat: ['answer to a provider token from more than token_max_age ahead', 'default'],
  token_update_interval: [
    'time between two provider tokens on one connection; a sooner one is TooManyProviderTokenUpdates; 0 = any',
    PAGE.tokens,
  ],
  max_concurrent_streams: ['SETTINGS_MAX_CONCURRENT_STREAMS', THREAD.settings],
  streams_before_token: [
    'the same, before the first valid provider token of a connection without a certificate',
    PAGE.sending,
  ],
  header_table_size: ['SETTINGS_HEADER_TABLE_SIZE', THREAD.settings],
  initial_window_size: ['SETTINGS_INITIAL_WINDOW_SIZE', THREAD.settings],
  max_frame_size: ['SETTINGS_MAX_FRAME_SIZE', THREAD.settings],
  max_header_list_size: ['SETTINGS_MAX_HEADER_LIST_SIZE', THREAD.settings],
  larger_header_list: [
    'a request whose list of header fields is larger than max_header_list_size, which RFC 9113 section 10.5.1 calls advice, is taken, or answered 431 on the TLS port',
    'default',
  ],
  idle_close: [
    'real time without a request after which a connection is told GOAWAY, IdleTimeout; 0 = never',
    PAGE.responses,
  ],
  streams_drop_after_rejection: [
    'the stream limit falls to 1 with a rejected push and rises with the next good one',
    THREAD.streamLimit,
  ],
  errors_per_connection: [
    'rejected pushes (410 apart) after which a connection is told to go away; 0 = any number',
    PAGE.responses,
  ],
  requests_per_token: [
    'pushes to one device token within a minute before TooManyRequests; 0 = any number',
    'default',
  ],
  retry_after: ['Retry-After of 429 and 503; 0 = not sent', 'default'],
  unique_id: ['where apns-unique-id is sent', PAGE.responses],
  date_header: ['answers carry a Date header', 'default'],
  stored_longest: ['longest time for which a push to an absent device is kept', PAGE.metrics],
  unknown_listener: [
    'who listens with a device token that nobody has registers it, or is refused',
    THREAD.listeners,
  ],
  listener_keep_alive: ['time between comments to a listener; 0 = none', THREAD.listeners],
  channels_per_app: ['broadcast channels of one app in one environment', PAGE.channels],
  broadcast: ['apps may broadcast; otherwise FeatureNotEnabled', PAGE.channels],
};
