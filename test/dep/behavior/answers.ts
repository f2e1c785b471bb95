import type { Mdm } from '../mdm.ts';
import type { BehaviorCases } from './case.ts';

const fetchWith = async (mdm: Mdm, version: number | string | undefined) =>
  (await mdm.call('POST', '/server/devices', { body: {}, version })).body.devices[1];

const withAgent = async (mdm: Mdm, agent: string, version = 10): Promise<string> => {
  const { status, text } = await mdm.call('GET', '/account', { version, headers: { 'user-agent': agent } });
  return status === 200 ? 'taken' : text;
};

export const ANSWER_CASES = {
  version_default: {
    seen: async (mdm) => {
      const [absent, word, two] = [
        await fetchWith(mdm, undefined),
        await fetchWith(mdm, 'x'),
        await fetchWith(mdm, 2),
      ];
      return [absent.os, word.os, two.os];
    },
    default: [undefined, undefined, 'iOS'],
    off: [
      [3, ['iOS', 'iOS', 'iOS']],
      [10, ['iPadOS', 'iPadOS', 'iOS']],
    ],
  },
  field_gating: {
    scenario: {
      devices: [
        { serial_number: 'C02ACME00001', device_family: 'Mac' },
        { serial_number: 'DMPACME00002', device_family: 'iPad', wifi_mac_address: '00:1A:2B:3C:4D:5E' },
      ],
    },
    seen: async (mdm) => {
      const device = await fetchWith(mdm, 1);
      return [device.os, 'wifi_mac_address' in device, 'org_id' in (await mdm.call('GET', '/account')).body];
    },
    default: [undefined, false, false],
    off: [['off', ['iPadOS', true, true]]],
  },
  error_content_type: {
    seen: async (mdm) => (await mdm.send('GET', '/account')).headers['content-type'],
    default: 'text/plain;Charset=UTF8',
    off: [['text/html', 'text/html']],
  },
  error_body: {
    seen: async (mdm) => [
      (await mdm.send('GET', '/account')).text,
      (await mdm.openSession({ url: 'http://elsewhere.test/session' })).text,
    ],
    default: ['UNAUTHORIZED', 'oauth_problem_adviceUnauthorized'],
    off: [['quoted', ['"UNAUTHORIZED"', '"oauth_problem_adviceUnauthorized"']]],
  },
  success_content_type: {
    seen: async (mdm) => (await mdm.call('GET', '/account')).headers['content-type'],
    default: 'application/json;charset=UTF8',
    off: [['application/json', 'application/json']],
  },
  user_agent: {
    seen: async (mdm) => [await withAgent(mdm, ''), await withAgent(mdm, 'python-requests/2.32.3')],
    default: ['USER_AGENT_MISSING', 'taken'],
    off: [['unchecked', ['taken', 'taken']]],
  },
  user_agent_denied: {
    seen: async (mdm) => [
      await withAgent(mdm, 'micromdm/godep'),
      await withAgent(mdm, 'Go-http-client/1.1'),
      await withAgent(mdm, 'curl/8.0'),
    ],
    default: ['taken', 'taken', 'taken'],
    off: [
      [['godep'], ['USER_AGENT_INVALID', 'taken', 'taken']],
      [
        ['Go-http', 'curl'],
        ['taken', 'USER_AGENT_INVALID', 'USER_AGENT_INVALID'],
      ],
    ],
  },
  user_agent_denied_from: {
    beside: { user_agent_denied: ['godep'] },
    seen: async (mdm) => [
      await withAgent(mdm, 'godep', 3),
      await withAgent(mdm, 'godep', 7),
      await withAgent(mdm, 'godep', 10),
    ],
    default: ['USER_AGENT_INVALID', 'USER_AGENT_INVALID', 'USER_AGENT_INVALID'],
    off: [[7, ['taken', 'USER_AGENT_INVALID', 'USER_AGENT_INVALID']]],
  },
} as const satisfies BehaviorCases;
