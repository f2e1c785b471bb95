import type { FieldGroup } from '../../engine/fields.ts';
import { both, received, sent } from '../../engine/fields.ts';

/** Fields of Device Enrollment. Versions: Apple's pages accountdetail, device, profile and assign-profile. */
export const DEP_FIELDS = {
  oauth: {
    places: [{ operation: 'dep.session', at: '$.headers.authorization' }],
    fields: [
      sent('oauth_consumer_key', 'secret', { rows: [2] }),
      sent('oauth_token', 'secret', { rows: [2] }),
      sent('oauth_signature_method', 'text'),
      sent('oauth_signature', 'secret', { rows: [2] }),
      sent('oauth_timestamp', 'integer'),
      sent('oauth_nonce', 'text'),
      sent('oauth_version', 'text'),
      sent('realm', 'text'),
    ],
  },
  session: {
    places: [{ operation: 'dep.session', at: '$.response.body' }],
    fields: [received('auth_session_token', 'secret', { rows: [2] })],
  },
  account: {
    places: [{ operation: 'dep.account', at: '$.response.body' }],
    fields: [
      received('server_name', 'text', { personal: 'maybe', rows: [3] }),
      received('server_uuid', 'text', { rows: [4] }),
      received('admin_id', 'text', { personal: 'yes', rows: [5] }),
      received('facilitator_id', 'text', { personal: 'yes' }),
      received('org_name', 'text', { rows: [6] }),
      received('org_email', 'text', { personal: 'maybe', rows: [7] }),
      received('org_phone', 'text', { personal: 'maybe', rows: [8] }),
      received('org_address', 'text', { rows: [9] }),
      received('org_id', 'text', { since: 3, rows: [10] }),
      received('org_id_hash', 'text', { since: 3 }),
      received('org_type', 'text', { since: 3 }),
      received('org_version', 'text', { since: 3 }),
      received('urls', 'objects', { since: 3 }),
    ],
  },
  page_request: {
    places: [
      { operation: 'dep.devices.fetch', at: '$.body' },
      { operation: 'dep.devices.sync', at: '$.body' },
    ],
    fields: [sent('cursor', 'text'), sent('limit', 'integer')],
  },
  page: {
    places: [
      { operation: 'dep.devices.fetch', at: '$.response.body' },
      { operation: 'dep.devices.sync', at: '$.response.body' },
    ],
    fields: [
      received('cursor', 'text'),
      received('fetched_until', 'instant'),
      received('more_to_follow', 'boolean'),
      received('devices', 'objects'),
    ],
  },
  device: {
    places: [
      { operation: 'dep.devices.fetch', at: '$.response.body.devices[*]' },
      { operation: 'dep.devices.sync', at: '$.response.body.devices[*]' },
      { operation: 'dep.devices.details', at: '$.response.body.devices.*' },
    ],
    fields: [
      received('serial_number', 'text', { personal: 'pseudonym', rows: [11] }),
      received('model', 'text', { rows: [12] }),
      received('description', 'text', { personal: 'maybe', rows: [13] }),
      received('color', 'text'),
      received('asset_tag', 'text', { personal: 'maybe', rows: [14] }),
      received('os', 'text', { since: 2, rows: [18] }),
      received('device_family', 'text', { since: 2, rows: [19] }),
      received('profile_status', 'text', { rows: [15] }),
      received('profile_uuid', 'text', { rows: [16] }),
      received('profile_assign_time', 'instant'),
      received('profile_push_time', 'instant'),
      received('device_assigned_date', 'instant'),
      received('device_assigned_by', 'text', { personal: 'yes', rows: [17] }),
      received('mdm_migration_deadline', 'instant', { since: 8 }),
      received('op_type', 'text'),
      received('op_date', 'instant'),
      received('imei', 'texts', { since: 10, personal: 'pseudonym' }),
      received('meid', 'texts', { since: 10, personal: 'pseudonym' }),
      received('eid', 'text', { since: 10, personal: 'pseudonym' }),
      received('wifi_mac_address', 'text', { since: 10, personal: 'pseudonym' }),
      received('bluetooth_mac_address', 'text', { since: 10, personal: 'pseudonym' }),
      received('ethernet_mac_address', 'text', { since: 10, personal: 'pseudonym' }),
      received('is_replacement_device', 'boolean', { since: 10 }),
      received('released_by_replacement', 'boolean', { since: 10 }),
      received('response_status', 'text'),
    ],
  },
  profile: {
    places: [
      { operation: 'dep.profile.define', at: '$.body' },
      { operation: 'dep.profile.get', at: '$.response.body' },
    ],
    fields: [
      both('profile_name', 'text', { personal: 'maybe', rows: [20] }),
      both('url', 'text'),
      both('allow_pairing', 'boolean'),
      both('is_supervised', 'boolean'),
      both('is_mandatory', 'boolean'),
      both('is_mdm_removable', 'boolean'),
      both('is_multi_user', 'boolean', { since: 2 }),
      both('await_device_configured', 'boolean', { since: 2 }),
      both('auto_advance_setup', 'boolean', { since: 2 }),
      both('support_phone_number', 'text', { personal: 'maybe', rows: [21] }),
      both('support_email_address', 'text', { since: 2, personal: 'maybe', rows: [22] }),
      both('department', 'text', { personal: 'maybe', rows: [23] }),
      both('org_magic', 'text'),
      both('anchor_certs', 'texts'),
      both('supervising_host_certs', 'texts'),
      both('skip_setup_items', 'texts'),
      sent('devices', 'texts', { personal: 'pseudonym', rows: [24] }),
      both('language', 'text'),
      both('region', 'text'),
      both('configuration_web_url', 'text'),
      both('is_return_to_service', 'boolean'),
      both('do_not_use_profile_from_backup', 'boolean'),
      received('profile_uuid', 'text', { rows: [16] }),
    ],
  },
  profile_query: {
    places: [{ operation: 'dep.profile.get', at: '$.query' }],
    fields: [sent('profile_uuid', 'text', { rows: [16] })],
  },
  assignment: {
    places: [
      { operation: 'dep.profile.assign', at: '$.body' },
      { operation: 'dep.profile.remove', at: '$.body' },
    ],
    fields: [
      sent('profile_uuid', 'text', { rows: [16] }),
      sent('devices', 'texts', { personal: 'pseudonym', rows: [24] }),
    ],
  },
  device_list: {
    places: [
      { operation: 'dep.devices.details', at: '$.body' },
      { operation: 'dep.devices.disown', at: '$.body' },
    ],
    fields: [sent('devices', 'texts', { personal: 'pseudonym', rows: [11] })],
  },
  device_results: {
    places: [
      { operation: 'dep.profile.define', at: '$.response.body' },
      { operation: 'dep.profile.assign', at: '$.response.body' },
      { operation: 'dep.profile.remove', at: '$.response.body' },
      { operation: 'dep.devices.disown', at: '$.response.body' },
    ],
    fields: [
      received('profile_uuid', 'text', { rows: [16] }),
      received('devices', 'map', { personal: 'pseudonym', rows: [11] }),
      received('retry_after_seconds', 'integer', { since: 10 }),
    ],
  },
  replacement_query: {
    places: [{ operation: 'dep.device.replacement', at: '$.query' }],
    fields: [sent('device', 'text', { personal: 'pseudonym', rows: [11] })],
  },
  replacement: {
    places: [{ operation: 'dep.device.replacement', at: '$.response.body' }],
    fields: [
      received('serial_number', 'text', { since: 10, personal: 'pseudonym', rows: [11] }),
      received('original_device_serial_number', 'text', { since: 10, personal: 'pseudonym', rows: [11] }),
      received('replacement_date', 'date', { since: 10 }),
    ],
  },
  activation_lock: {
    places: [{ operation: 'dep.device.activation_lock', at: '$.body' }],
    fields: [
      sent('device', 'text', { personal: 'pseudonym', rows: [11] }),
      sent('escrow_key', 'secret'),
      sent('lost_message', 'text', { personal: 'maybe' }),
    ],
  },
  activation_lock_result: {
    places: [{ operation: 'dep.device.activation_lock', at: '$.response.body' }],
    fields: [
      received('serial_number', 'text', { personal: 'pseudonym', rows: [11] }),
      received('response_status', 'text'),
    ],
  },
  account_driven: {
    places: [
      { operation: 'dep.account_driven.set', at: '$.body' },
      { operation: 'dep.account_driven.get', at: '$.response.body' },
    ],
    fields: [both('mdm_service_discovery_url', 'text'), received('last_updated_timestamp', 'instant')],
  },
  beta_tokens: {
    places: [{ operation: 'dep.beta_tokens', at: '$.response.body' }],
    fields: [received('betaEnrollmentTokens', 'objects'), received('seedBuildTokens', 'objects')],
  },
} as const satisfies Readonly<Record<string, FieldGroup>>;
