import type { BehaviorTexts } from '../behavior-setting.ts';
import type { DEP_BEHAVIOR } from './behavior.ts';
import { ADE_PAGES as PAGE } from './pages.ts';

/** What each key of `behavior: dep:` decides, and where its default comes from; `default` is explained in docs/fidelity.md. */
export const DEP_BEHAVIOR_TEXTS: BehaviorTexts<typeof DEP_BEHAVIOR> = {
  limit_default: ['records on a page where the client names no limit (absent, null or 0)', PAGE.fetchDevices],
  limit_max: ['largest limit, as advertised by /account', PAGE.fetchDevices],
  limit_over_max: ['a larger limit is clamped, or refused as MALFORMED_REQUEST_BODY', 'default'],
  version_default: ['protocol version where the header is missing or no number', 'default'],
  field_gating: ['fields, words and members appear from their protocol version on, or always', PAGE.device],
  cursor_format: [
    'opaque base64 of colon-separated values, or base64 of `seconds-n` as the simulator made them',
    'https://github.com/micromdm/micromdm/blob/main/dep/testdata/device_response.json',
  ],
  cursor_stuck: [
    'the cursor of the request comes back with more_to_follow: true',
    'https://github.com/micromdm/nanodep/issues/73',
  ],
  cursor_max_age: ['age from which a cursor is EXPIRED_CURSOR', PAGE.syncDevices],
  fetch_with_sync_cursor: [
    'answer of fetch to a finished or a sync cursor',
    'https://github.com/micromdm/nanodep/blob/main/sync/syncer.go',
  ],
  fetched_until: ['fetched_until on every page, or never (as the simulator)', PAGE.fetchDevices],
  session_idle: ['idle time after which a session ends', 'default'],
  session_rotation: ['every so many answers carry a fresh session token; 0 = never', 'default'],
  session_rotation_grace: ['life of the former session token after a rotation', 'default'],
  sessions: ['sessions of one server token that live side by side', 'default'],
  bad_session: [
    'expired or missing = 401 UNAUTHORIZED and unknown = 403 FORBIDDEN, or 401 for all',
    PAGE.activationLock,
  ],
  oauth_check: ['verify the signature, time and nonce, or look at key and token only', PAGE.authenticating],
  oauth_window: ['distance from our time that oauth_timestamp may have; 0 = any', 'default'],
  oauth_nonce: ['a nonce is accepted once for its timestamp, or ever again', PAGE.errorCodes],
  session_errors: [
    'bodies of 400 and 401 on /session: as seen live, or as the simulator sent them (empty, and UNAUTHORIZED)',
    'https://github.com/petarov/apple-mdm-clients',
  ],
  rejected_token_status: [
    'status of token_rejected for a replaced or revoked server token',
    'https://github.com/fleetdm/fleet/pull/49770',
  ],
  bad_signature: [
    '401 oauth_problem_adviceUnauthorized, or 403 signature_invalid, for a wrong signature',
    'https://github.com/fleetdm/fleet/pull/49770',
  ],
  expired_terms: [
    'where T_C_NOT_SIGNED is answered while the terms are not accepted',
    'https://github.com/fleetdm/fleet/issues/8431',
  ],
  error_content_type: ['content type of error answers', PAGE.archived],
  error_body: ['the bare word, or the word in JSON quotes as the simulator sent it', PAGE.archived],
  success_content_type: ['content type of successful answers', PAGE.archived],
  session_content_type: [
    'exact: /session wants `application/json;charset=UTF8`, as the simulator did',
    'https://github.com/micromdm/nanodep/blob/main/client/auth.go',
  ],
  user_agent: ['a missing user agent is USER_AGENT_MISSING, or accepted', PAGE.fetchDevices],
  user_agent_denied: [
    'user agents that contain one of these are USER_AGENT_INVALID',
    'https://github.com/micromdm/nanodep/issues/42',
  ],
  user_agent_denied_from: [
    'protocol version from which user_agent_denied is looked at',
    'https://github.com/micromdm/nanodep/issues/42',
  ],
  assign_methods: ['methods that assign a profile', PAGE.assignProfile],
  assign_max: [
    'serial numbers in one assign from which it is MALFORMED_REQUEST_BODY; 0 = accepted with advice past 1000',
    PAGE.assignProfile,
  ],
  assign_left_out: [
    'serial numbers that are missing from the answer to an assign, and stay as they were',
    'https://github.com/fleetdm/fleet/pull/31666',
  ],
  get_unknown_profile: [
    'NOT_FOUND with 400 or 404 for GET /profile of an unknown profile',
    PAGE.fetchProfile,
  ],
  assign_unknown_profile: ['PROFILE_NOT_FOUND with 404 or 400', PAGE.assignProfile],
  define_unknown_serial: [
    'per device NOT_ACCESSIBLE, or the whole call 400 NOT_FOUND as in 2018',
    'https://github.com/micromdm/micromdm/issues/378',
  ],
  duplicate_serials: ['a serial number given twice has one result, or makes the body malformed', 'default'],
  define_magic: ['strict: an empty org_magic is MAGIC_INVALID', PAGE.defineProfile],
  define_required: ['archived: also DEPARTMENT_REQUIRED and SUPPORT_PHONE_REQUIRED', PAGE.defineProfile],
  replacement_not_found: [
    'status of DEVICE_NOT_FOUND: as seen live, or as documented',
    'https://github.com/petarov/apple-mdm-clients',
  ],
  activation_lock: ['result of the activation lock for every accessible device', PAGE.activationLock],
  account_driven_answer: [
    'body of a successful POST: `{}` for clients that decode it, or nothing',
    'https://github.com/fleetdm/fleet/blob/main/server/mdm/nanodep/godep/profile.go',
  ],
  absent_times: ['times that a device does not have are left out, or are ""', PAGE.device],
  id_matching: ['profile_uuid in any case and with dashes, or exactly as issued', 'default'],
  throttle: ['how long a throttled device stays so', 'https://github.com/fleetdm/fleet/issues/37072'],
  throttled_in_sync: [
    'devices in cooldown vanish from sync, or stay',
    'https://github.com/fleetdm/fleet/pull/45590',
  ],
  move_event: [
    'event for the new MDM server when the portal moves a device',
    'https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md',
  ],
  move_same_server: [
    'what becomes of the profile when a device is assigned to the MDM server that it has',
    'https://github.com/fleetdm/fleet/issues/39871',
  ],
  token_cipher: [
    'content encryption of the server token file',
    'https://github.com/petarov/apple-mdm-clients',
  ],
  token_encoding: ['encoding of the server token file', 'https://github.com/petarov/apple-mdm-clients'],
  renewal_consumer_key: [
    'consumer_key of a renewed server token',
    'https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md',
  ],
  requests_per_minute: [
    'requests of one server token in a minute before TOO_MANY_REQUESTS; 0 = any number',
    'default',
  ],
  retry_after: ['Retry-After of TOO_MANY_REQUESTS', 'default'],
};
