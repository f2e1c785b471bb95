import type { Mdm } from '../mdm.ts';
import { PROFILE_UUID, SERIAL } from '../operations.ts';
import type { BehaviorCases } from './case.ts';

const HOUR = 60 * 60_000;

const cursorOf = async (mdm: Mdm): Promise<string> =>
  (await mdm.pages('/server/devices', {})).at(-1)!.body.cursor;

const events = async (mdm: Mdm, cursor: string): Promise<unknown[]> => {
  mdm.forgetSession();
  const pages = await mdm.pages('/devices/sync', { cursor });
  return pages.flatMap(({ body }) => body.devices).map(({ op_type }) => op_type);
};

const assign = async (mdm: Mdm) => {
  mdm.forgetSession();
  const body = { profile_uuid: PROFILE_UUID, devices: [SERIAL] };
  return (await mdm.call('PUT', '/profile/devices', { body, version: 10 })).body.devices[SERIAL];
};

const lock = async (mdm: Mdm, device: string) =>
  (await mdm.call('POST', '/device/activationlock', { body: { device } })).body.response_status;

export const DEVICE_CASES = {
  replacement_not_found: {
    seen: async (mdm) => {
      const { status, text } = await mdm.call('GET', `/device/replacementDetails?device=${SERIAL}`, {
        version: 10,
      });
      return `${status} ${text}`;
    },
    default: '400 DEVICE_NOT_FOUND',
    off: [['404', '404 DEVICE_NOT_FOUND']],
  },
  activation_lock: {
    seen: async (mdm) => [await lock(mdm, SERIAL), await lock(mdm, SERIAL), await lock(mdm, 'UNKNOWN')],
    default: ['SUCCESS', 'DEVICE_ALREADY_LOCKED', 'NOT_ACCESSIBLE'],
    off: [
      ['SUCCESS', ['SUCCESS', 'SUCCESS', 'NOT_ACCESSIBLE']],
      ['ORG_NOT_SUPPORTED', ['ORG_NOT_SUPPORTED', 'ORG_NOT_SUPPORTED', 'NOT_ACCESSIBLE']],
      ['DEVICE_NOT_SUPPORTED', ['DEVICE_NOT_SUPPORTED', 'DEVICE_NOT_SUPPORTED', 'NOT_ACCESSIBLE']],
      ['DEVICE_ALREADY_LOCKED', ['DEVICE_ALREADY_LOCKED', 'DEVICE_ALREADY_LOCKED', 'NOT_ACCESSIBLE']],
      ['FAILED', ['FAILED', 'FAILED', 'NOT_ACCESSIBLE']],
    ],
  },
  absent_times: {
    seen: async (mdm) => {
      const [device] = (await mdm.call('POST', '/server/devices', { body: {} })).body.devices;
      return [device.profile_assign_time, device.profile_push_time, device.device_assigned_date];
    },
    default: [undefined, undefined, '2026-03-02T08:00:00Z'],
    off: [['empty', ['', '', '2026-03-02T08:00:00Z']]],
  },
  throttle: {
    seen: async (mdm) => {
      await mdm.portal({ throttle_devices: { devices: [SERIAL] } });
      const words = [await assign(mdm)];
      for (const hours of [2, 22]) {
        mdm.advance(hours * HOUR);
        words.push(await assign(mdm));
      }
      return words;
    },
    default: ['THROTTLED', 'THROTTLED', 'SUCCESS'],
    off: [
      ['1h', ['THROTTLED', 'SUCCESS', 'SUCCESS']],
      ['2d', ['THROTTLED', 'THROTTLED', 'THROTTLED']],
    ],
  },
  throttled_in_sync: {
    seen: async (mdm) => {
      const cursor = await cursorOf(mdm);
      await mdm.portal({ throttle_devices: { devices: [SERIAL], for: '1h' } });
      await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Acme MDM' } });
      const meanwhile = await events(mdm, cursor);
      mdm.advance(HOUR);
      return [meanwhile, await events(mdm, cursor)];
    },
    // When the cooldown ends, sync returns every event since the cursor.
    default: [[], ['modified', 'modified']],
    off: [['visible', [['modified'], ['modified']]]],
  },
  move_event: {
    seen: async (mdm) => {
      const cursor = await cursorOf(mdm.other(1));
      await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Second MDM' } });
      return events(mdm.other(1), cursor);
    },
    default: ['modified'],
    off: [['added', ['added']]],
  },
  move_same_server: {
    seen: async (mdm) => {
      await assign(mdm);
      await mdm.portal({ move_devices: { devices: [SERIAL], mdm_server: 'Acme MDM' } });
      const { body } = await mdm.call('POST', '/devices', { body: { devices: [SERIAL] } });
      return [body.devices[SERIAL].profile_status, body.devices[SERIAL].profile_uuid];
    },
    default: ['empty', undefined],
    off: [['keep', ['assigned', PROFILE_UUID]]],
  },
} as const satisfies BehaviorCases;
