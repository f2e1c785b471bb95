import type { Mdm } from '../mdm.ts';
import { PROFILE_UUID, SERIAL } from '../operations.ts';
import type { BehaviorCases } from './case.ts';

const GOOD = { profile_name: 'Acme', url: 'https://mdm.acme.example/enroll' };

const worded = async (mdm: Mdm, method: string, path: string, body?: object): Promise<string> => {
  const { status, text } = await mdm.call(method, path, { body, version: 10 });
  return status === 200 ? '200' : `${status} ${text}`;
};

const define = (mdm: Mdm, members: object) => worded(mdm, 'POST', '/profile', { ...GOOD, ...members });

const assign = (mdm: Mdm, devices: readonly string[], profile_uuid = PROFILE_UUID, method = 'PUT') =>
  worded(mdm, method, '/profile/devices', { profile_uuid, devices });

export const PROFILE_CASES = {
  assign_methods: {
    seen: async (mdm) => [
      await assign(mdm, [SERIAL], PROFILE_UUID, 'PUT'),
      await assign(mdm, [SERIAL], PROFILE_UUID, 'POST'),
      await worded(mdm, 'DELETE', '/profile/devices', { devices: [SERIAL] }),
    ],
    default: ['200', '200', '200'],
    off: [
      ['put', ['200', '405 ', '200']],
      ['post', ['405 ', '200', '200']],
    ],
  },
  assign_max: {
    seen: (mdm) => assign(mdm, ['A', 'B', 'C']),
    default: '200',
    off: [
      [2, '400 MALFORMED_REQUEST_BODY'],
      [3, '200'],
    ],
  },
  assign_left_out: {
    seen: async (mdm) => {
      const body = { profile_uuid: PROFILE_UUID, devices: [SERIAL, 'DMPACME00002'] };
      const { devices } = (await mdm.call('PUT', '/profile/devices', { body })).body;
      const details = (await mdm.call('POST', '/devices', { body })).body.devices;
      return [devices, details[SERIAL].profile_status, details.DMPACME00002.profile_status];
    },
    default: [{ [SERIAL]: 'SUCCESS', DMPACME00002: 'SUCCESS' }, 'assigned', 'assigned'],
    off: [[[SERIAL], [{ DMPACME00002: 'SUCCESS' }, 'empty', 'assigned']]],
  },
  get_unknown_profile: {
    seen: (mdm) => worded(mdm, 'GET', `/profile?profile_uuid=${'0'.repeat(32)}`),
    default: '400 NOT_FOUND',
    off: [['404', '404 NOT_FOUND']],
  },
  assign_unknown_profile: {
    seen: (mdm) => assign(mdm, [SERIAL], '0'.repeat(32)),
    default: '404 PROFILE_NOT_FOUND',
    off: [['400', '400 PROFILE_NOT_FOUND']],
  },
  define_unknown_serial: {
    seen: async (mdm) => [
      await define(mdm, { devices: ['UNKNOWN'] }),
      await define(mdm, { devices: [SERIAL] }),
    ],
    default: ['200', '200'],
    off: [['not_found', ['400 NOT_FOUND', '200']]],
  },
  duplicate_serials: {
    seen: async (mdm) => [
      await assign(mdm, [SERIAL, SERIAL]),
      await define(mdm, { devices: [SERIAL, SERIAL] }),
      await worded(mdm, 'POST', '/devices', { devices: [SERIAL, SERIAL] }),
      await worded(mdm, 'DELETE', '/profile/devices', { devices: [SERIAL, SERIAL] }),
      await worded(mdm, 'POST', '/devices/disown', { devices: [SERIAL, SERIAL] }),
    ],
    default: Array(5).fill('200'),
    off: [['malformed', Array(5).fill('400 MALFORMED_REQUEST_BODY')]],
  },
  define_magic: {
    seen: async (mdm) => [
      await define(mdm, { org_magic: '' }),
      await define(mdm, { org_magic: 'm'.repeat(257) }),
    ],
    default: ['200', '400 MAGIC_INVALID'],
    off: [['strict', ['400 MAGIC_INVALID', '400 MAGIC_INVALID']]],
  },
  define_required: {
    seen: async (mdm) => [
      await define(mdm, {}),
      await define(mdm, { department: 'IT' }),
      await define(mdm, { department: 'IT', support_phone_number: '1' }),
    ],
    default: ['200', '200', '200'],
    off: [['archived', ['400 DEPARTMENT_REQUIRED', '400 SUPPORT_PHONE_REQUIRED', '200']]],
  },
  id_matching: {
    seen: async (mdm) => [
      await worded(mdm, 'GET', `/profile?profile_uuid=${PROFILE_UUID.toLowerCase()}`),
      await assign(mdm, [SERIAL], PROFILE_UUID.replace(/^.{8}/, '$&-')),
      await assign(mdm, [SERIAL]),
    ],
    default: ['200', '200', '200'],
    off: [['exact', ['400 NOT_FOUND', '404 PROFILE_NOT_FOUND', '200']]],
  },
  account_driven_answer: {
    seen: async (mdm) => {
      const body = { mdm_service_discovery_url: 'https://mdm.acme.example' };
      return (await mdm.call('POST', '/account-driven-enrollment/profile', { body })).text;
    },
    default: '{}',
    off: [['empty', '']],
  },
} as const satisfies BehaviorCases;
