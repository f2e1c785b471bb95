import { choice, duration, flag, integer, text, textList } from '../../organization/behavior.ts';
import { ADE_PAGES as PAGE } from './pages.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `behavior: dep:` of a scenario. */
export const DEP_BEHAVIOR = {
  limit_default: integer(
    100,
    [1, 100_000],
    'records on a page where the client names no limit (absent, null or 0)',
    PAGE.fetchDevices,
  ),
  limit_max: integer(1000, [1, 100_000], 'largest limit, as advertised by /account', PAGE.fetchDevices),
  limit_over_max: choice(
    ['clamp', 'error'],
    'a larger limit is clamped, or rejected as MALFORMED_REQUEST_BODY',
    'default',
  ),
  version_default: integer(
    1,
    [1, 10],
    'protocol version where the header is missing or no number',
    'default',
  ),
  field_gating: choice(
    ['by_version', 'off'],
    'fields, words and members appear from their protocol version on, or always',
    PAGE.device,
  ),
  cursor_format: choice(
    ['opaque', 'depsim'],
    'opaque base64 of colon-separated values, or base64 of `seconds-n` as in the former simulator',
    'https://github.com/micromdm/micromdm/blob/main/dep/testdata/device_response.json',
  ),
  cursor_stuck: flag(
    false,
    'the cursor of the request comes back with more_to_follow: true',
    'https://github.com/micromdm/nanodep/issues/73',
  ),
  cursor_max_age: duration(7 * DAY, 'age from which a cursor is EXPIRED_CURSOR', PAGE.syncDevices),
  fetch_with_sync_cursor: choice(
    ['exhausted', 'invalid'],
    'answer of fetch to a finished or a sync cursor',
    'https://github.com/micromdm/nanodep/blob/main/sync/syncer.go',
  ),
  fetched_until: choice(
    ['always', 'absent'],
    'fetched_until on every page, or never (as the simulator)',
    PAGE.fetchDevices,
  ),
  session_idle: duration(10 * MINUTE, 'idle time after which a session ends', 'default'),
  session_rotation: integer(
    0,
    [0, 1_000_000],
    'every so many answers carry a fresh session token; 0 = never',
    'default',
  ),
  session_rotation_grace: duration(
    5 * MINUTE,
    'life of the former session token after a rotation',
    'default',
  ),
  sessions: choice(['many', 'one'], 'number of sessions that one server token can have', 'default'),
  bad_session: choice(
    ['split', 'unauthorized'],
    'expired or missing = 401 UNAUTHORIZED and unknown = 403 FORBIDDEN, or 401 for all',
    PAGE.activationLock,
  ),
  oauth_check: choice(
    ['full', 'keys_only'],
    'verify the signature, time and nonce, or look at key and token only',
    PAGE.authenticating,
  ),
  oauth_window: duration(
    5 * MINUTE,
    'distance from our time that oauth_timestamp may have; 0 = any',
    'default',
  ),
  oauth_nonce: choice(
    ['once', 'any'],
    'a nonce is accepted once for its timestamp, or any number of times',
    PAGE.errorCodes,
  ),
  session_errors: choice(
    ['live', 'depsim'],
    'bodies of 400 and 401 on /session: as seen live, or as the simulator sent them (empty, and UNAUTHORIZED)',
    'https://github.com/petarov/apple-mdm-clients',
  ),
  rejected_token_status: choice(
    ['403', '401'],
    'status of token_rejected for a replaced or revoked server token',
    'https://github.com/fleetdm/fleet/pull/49770',
  ),
  bad_signature: choice(
    ['unauthorized', 'signature_invalid'],
    '401 oauth_problem_adviceUnauthorized, or 403 signature_invalid, for a wrong signature',
    'https://github.com/fleetdm/fleet/pull/49770',
  ),
  expired_terms: choice(
    ['everywhere', 'session', 'calls'],
    'where requests get T_C_NOT_SIGNED while the terms are not accepted',
    'https://github.com/fleetdm/fleet/issues/8431',
  ),
  error_content_type: text('text/plain;Charset=UTF8', 'content type of error answers', PAGE.archived),
  error_body: choice(
    ['bare', 'quoted'],
    'the bare word, or the word in JSON quotes as the simulator sent it',
    PAGE.archived,
  ),
  success_content_type: text(
    'application/json;charset=UTF8',
    'content type of successful answers',
    PAGE.archived,
  ),
  session_content_type: choice(
    ['unchecked', 'exact'],
    'exact: /session wants `application/json;charset=UTF8`, as the simulator did',
    'https://github.com/micromdm/nanodep/blob/main/client/auth.go',
  ),
  user_agent: choice(
    ['required', 'unchecked'],
    'a missing user agent is USER_AGENT_MISSING, or accepted',
    PAGE.fetchDevices,
  ),
  user_agent_denied: textList(
    [],
    'user agents that contain one of these are USER_AGENT_INVALID',
    'https://github.com/micromdm/nanodep/issues/42',
  ),
  user_agent_denied_from: integer(
    1,
    [1, 10],
    'protocol version from which user_agent_denied applies',
    'https://github.com/micromdm/nanodep/issues/42',
  ),
  assign_methods: choice(['both', 'put', 'post'], 'methods that assign a profile', PAGE.assignProfile),
  assign_max: integer(
    0,
    [0, 10_000_000],
    'serial numbers in one assign from which it is MALFORMED_REQUEST_BODY; 0 = accepted with advice past 1000',
    PAGE.assignProfile,
  ),
  assign_left_out: textList(
    [],
    'serial numbers that the response to an assign omits, and that do not change',
    'https://github.com/fleetdm/fleet/pull/31666',
  ),
  get_unknown_profile: choice(
    ['400', '404'],
    'NOT_FOUND with 400 or 404 for GET /profile of an unknown profile',
    PAGE.fetchProfile,
  ),
  assign_unknown_profile: choice(['404', '400'], 'PROFILE_NOT_FOUND with 404 or 400', PAGE.assignProfile),
  define_unknown_serial: choice(
    ['not_accessible', 'not_found'],
    'per device NOT_ACCESSIBLE, or 400 NOT_FOUND for the entire call as in 2018',
    'https://github.com/micromdm/micromdm/issues/378',
  ),
  duplicate_serials: choice(
    ['one_result', 'malformed'],
    'a serial number given twice has one result, or makes the body malformed',
    'default',
  ),
  define_magic: choice(
    ['lenient', 'strict'],
    'strict: an empty org_magic is MAGIC_INVALID',
    PAGE.defineProfile,
  ),
  define_required: choice(
    ['current', 'archived'],
    'archived: also DEPARTMENT_REQUIRED and SUPPORT_PHONE_REQUIRED',
    PAGE.defineProfile,
  ),
  replacement_not_found: choice(
    ['400', '404'],
    'status of DEVICE_NOT_FOUND: as seen live, or as documented',
    'https://github.com/petarov/apple-mdm-clients',
  ),
  activation_lock: choice(
    ['by_state', 'SUCCESS', 'ORG_NOT_SUPPORTED', 'DEVICE_NOT_SUPPORTED', 'DEVICE_ALREADY_LOCKED', 'FAILED'],
    'result of the activation lock for every accessible device',
    PAGE.activationLock,
  ),
  account_driven_answer: choice(
    ['json', 'empty'],
    'body of a successful POST: `{}` for clients that decode it, or nothing',
    'https://github.com/fleetdm/fleet/blob/main/server/mdm/nanodep/godep/profile.go',
  ),
  absent_times: choice(
    ['omitted', 'empty'],
    'times that a device does not have are left out, or are ""',
    PAGE.device,
  ),
  id_matching: choice(
    ['lenient', 'exact'],
    'profile_uuid in any case and with dashes, or exactly as issued',
    'default',
  ),
  throttle: duration(
    24 * HOUR,
    'how long a device stays throttled',
    'https://github.com/fleetdm/fleet/issues/37072',
  ),
  throttled_in_sync: choice(
    ['hidden', 'visible'],
    'throttled devices are hidden from sync, or shown',
    'https://github.com/fleetdm/fleet/pull/45590',
  ),
  move_event: choice(
    ['modified', 'added'],
    'event for the new MDM server when the portal moves a device',
    'https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md',
  ),
  move_same_server: choice(
    ['drop', 'keep'],
    'what happens to the profile when a device is assigned to its current MDM server',
    'https://github.com/fleetdm/fleet/issues/39871',
  ),
  token_cipher: choice(
    ['aes128', 'aes256', '3des'],
    'content encryption of the server token file',
    'https://github.com/petarov/apple-mdm-clients',
  ),
  token_encoding: choice(
    ['ber', 'der'],
    'encoding of the server token file',
    'https://github.com/petarov/apple-mdm-clients',
  ),
  renewal_consumer_key: choice(
    ['same', 'new'],
    'consumer_key of a renewed server token',
    'https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md',
  ),
  requests_per_minute: integer(
    0,
    [0, 1_000_000],
    'requests of one server token in a minute before TOO_MANY_REQUESTS; 0 = any number',
    'default',
  ),
  retry_after: duration(MINUTE, 'Retry-After of TOO_MANY_REQUESTS', 'default'),
} as const;

declare module '../../organization/behavior.ts' {
  interface KnownBehaviorTables {
    readonly dep: typeof DEP_BEHAVIOR;
  }
}
