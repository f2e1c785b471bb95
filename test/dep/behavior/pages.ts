import type { Mdm } from '../mdm.ts';
import type { BehaviorCases } from './case.ts';

const FETCH = '/server/devices';
const DAY = 24 * 60 * 60_000;

const MANY = { devices: [{ generate: 1200 }] };

const fetched = async (mdm: Mdm, body: object = {}): Promise<unknown> => {
  const answer = await mdm.call('POST', FETCH, { body });
  return answer.status === 200 ? answer.body.devices.length : answer.text;
};

const endOfWalk = async (mdm: Mdm): Promise<string> => (await mdm.pages(FETCH, {})).at(-1)!.body.cursor;

const wordOf = async (mdm: Mdm, path: string, body: object): Promise<unknown> => {
  const answer = await mdm.call('POST', path, { body });
  return answer.status === 200 ? 200 : answer.text;
};

export const PAGE_CASES = {
  limit_default: {
    scenario: MANY,
    seen: async (mdm) => [
      await fetched(mdm),
      await fetched(mdm, { limit: null }),
      await fetched(mdm, { limit: 0 }),
    ],
    default: [100, 100, 100],
    off: [
      [1000, [1000, 1000, 1000]],
      [7, [7, 7, 7]],
    ],
  },
  limit_max: {
    scenario: MANY,
    seen: (mdm) => fetched(mdm, { limit: 5000 }),
    default: 1000,
    off: [
      [5000, 1200],
      [50, 50],
    ],
  },
  limit_over_max: {
    scenario: MANY,
    seen: async (mdm) => [await fetched(mdm, { limit: 1001 }), await fetched(mdm, { limit: 1000 })],
    default: [1000, 1000],
    off: [['error', ['MALFORMED_REQUEST_BODY', 1000]]],
  },
  cursor_format: {
    seen: async (mdm) => atob((await mdm.call('POST', FETCH, { body: {} })).body.cursor).replace(/\w+/g, 'n'),
    default: 'n:n:n:n:n:n:n',
    off: [['depsim', 'n-n']],
  },
  cursor_stuck: {
    seen: async (mdm) => {
      const cursor = await endOfWalk(mdm);
      const { body } = await mdm.call('POST', '/devices/sync', { body: { cursor } });
      return [body.cursor === cursor, body.more_to_follow];
    },
    default: [false, false],
    off: [[true, [true, true]]],
  },
  cursor_max_age: {
    seen: async (mdm) => {
      const cursor = await endOfWalk(mdm);
      mdm.advance(2 * DAY);
      mdm.forgetSession();
      const young = await wordOf(mdm, '/devices/sync', { cursor });
      mdm.advance(6 * DAY);
      mdm.forgetSession();
      return [young, await wordOf(mdm, '/devices/sync', { cursor })];
    },
    default: [200, 'EXPIRED_CURSOR'],
    off: [
      ['1d', ['EXPIRED_CURSOR', 'EXPIRED_CURSOR']],
      ['30d', [200, 200]],
    ],
  },
  fetch_with_sync_cursor: {
    seen: async (mdm) => wordOf(mdm, FETCH, { cursor: await endOfWalk(mdm) }),
    default: 'EXHAUSTED_CURSOR',
    off: [['invalid', 'INVALID_CURSOR']],
  },
  fetched_until: {
    seen: async (mdm) => 'fetched_until' in (await mdm.call('POST', FETCH, { body: {} })).body,
    default: true,
    off: [['absent', false]],
  },
} as const satisfies BehaviorCases;
