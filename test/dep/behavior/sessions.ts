import type { Mdm } from '../mdm.ts';
import type { BehaviorCases } from './case.ts';

const MINUTE = 60_000;

const account = async (mdm: Mdm, session: string): Promise<unknown> => {
  const { status, text } = await mdm.send('GET', '/account', { session });
  return status === 200 ? 200 : `${status} ${text}`;
};

const opened = async (mdm: Mdm, ...options: Parameters<Mdm['openSession']>): Promise<unknown> => {
  const { status, text } = await mdm.openSession(...options);
  return status === 200 ? 200 : `${status} ${text}`;
};

const now = (): number => Math.floor(Date.now() / 1000);

const MISSING_KEY = { headers: { authorization: 'OAuth realm="ADM"' } };

const WRONG_URL = { url: 'http://elsewhere.test/session' };

export const SESSION_CASES = {
  session_idle: {
    seen: async (mdm) => {
      const session = await mdm.session();
      mdm.advance(4 * MINUTE);
      const young = await account(mdm, session);
      mdm.advance(11 * MINUTE);
      return [young, await account(mdm, session)];
    },
    default: [200, '401 UNAUTHORIZED'],
    off: [
      ['3m', ['401 UNAUTHORIZED', '401 UNAUTHORIZED']],
      ['1h', [200, 200]],
    ],
  },
  session_rotation: {
    seen: async (mdm) => {
      const session = await mdm.session();
      const fresh: boolean[] = [];
      for (let call = 0; call < 4; call += 1) {
        const { headers } = await mdm.send('GET', '/account', { session });
        fresh.push(headers['x-adm-auth-session'] !== undefined);
      }
      return fresh;
    },
    default: [false, false, false, false],
    off: [
      [1, [true, false, false, false]],
      [3, [false, false, true, false]],
    ],
  },
  session_rotation_grace: {
    beside: { session_rotation: 1 },
    seen: async (mdm) => {
      const session = await mdm.session();
      const successor = (await mdm.send('GET', '/account', { session })).headers['x-adm-auth-session']!;
      const atOnce = await account(mdm, session);
      mdm.advance(4 * MINUTE);
      const later = await account(mdm, session);
      mdm.advance(MINUTE);
      return [atOnce, later, await account(mdm, session), await account(mdm, successor)];
    },
    default: [200, 200, '401 UNAUTHORIZED', 200],
    off: [
      ['0s', ['401 UNAUTHORIZED', '401 UNAUTHORIZED', '401 UNAUTHORIZED', 200]],
      ['1m', [200, '401 UNAUTHORIZED', '401 UNAUTHORIZED', 200]],
      ['1h', [200, 200, 200, 200]],
    ],
  },
  sessions: {
    seen: async (mdm) => {
      const [first, second] = [await mdm.session(), await mdm.session()];
      return [await account(mdm, first), await account(mdm, second)];
    },
    default: [200, 200],
    off: [['one', ['401 UNAUTHORIZED', 200]]],
  },
  bad_session: {
    seen: async (mdm) => {
      const session = await mdm.session();
      mdm.advance(11 * MINUTE);
      const ended = await account(mdm, session);
      return [ended, await account(mdm, 'unknown'), await account(mdm, '')];
    },
    default: ['401 UNAUTHORIZED', '403 FORBIDDEN', '401 UNAUTHORIZED'],
    off: [['unauthorized', ['401 UNAUTHORIZED', '401 UNAUTHORIZED', '401 UNAUTHORIZED']]],
  },
  oauth_check: {
    seen: async (mdm) => [
      await opened(mdm, WRONG_URL),
      await opened(mdm, { timestamp: 1 }),
      await opened(mdm, { credentials: { ...mdm.credentials, access_token: 'AT_other' } }),
    ],
    default: Array(3).fill('401 oauth_problem_adviceUnauthorized'),
    off: [['keys_only', [200, 200, '401 oauth_problem_adviceUnauthorized']]],
  },
  oauth_window: {
    seen: async (mdm) => [
      await opened(mdm, { timestamp: now() - 4 * 60 }),
      await opened(mdm, { timestamp: now() - 6 * 60 }),
      await opened(mdm, { timestamp: 1 }),
    ],
    default: [200, '401 oauth_problem_adviceUnauthorized', '401 oauth_problem_adviceUnauthorized'],
    off: [
      ['1m', Array(3).fill('401 oauth_problem_adviceUnauthorized')],
      ['1h', [200, 200, '401 oauth_problem_adviceUnauthorized']],
      ['0s', [200, 200, 200]],
    ],
  },
  oauth_nonce: {
    seen: async (mdm) => {
      const stamped = { timestamp: now(), nonce: 'once' };
      await mdm.openSession(stamped);
      return opened(mdm, stamped);
    },
    default: '401 oauth_problem_adviceUnauthorized',
    off: [['any', 200]],
  },
  session_errors: {
    seen: async (mdm) => [await opened(mdm, {}, MISSING_KEY), await opened(mdm, WRONG_URL)],
    default: ['400 oauth_problem_adviceBad Request', '401 oauth_problem_adviceUnauthorized'],
    off: [['depsim', ['400 ', '401 UNAUTHORIZED']]],
  },
  rejected_token_status: {
    seen: async (mdm) => {
      await mdm.portal({ revoke_server_token: true });
      return opened(mdm);
    },
    default: '403 token_rejected',
    off: [['401', '401 token_rejected']],
  },
  bad_signature: {
    seen: (mdm) => opened(mdm, WRONG_URL),
    default: '401 oauth_problem_adviceUnauthorized',
    off: [['signature_invalid', '403 signature_invalid']],
  },
  expired_terms: {
    seen: async (mdm) => {
      const session = await mdm.session();
      await mdm.portal({ expire_terms: true });
      return [await opened(mdm), await account(mdm, session)];
    },
    default: ['403 T_C_NOT_SIGNED', '403 T_C_NOT_SIGNED'],
    off: [
      ['session', ['403 T_C_NOT_SIGNED', 200]],
      ['calls', [200, '403 T_C_NOT_SIGNED']],
    ],
  },
  session_content_type: {
    seen: async (mdm) => [
      await opened(mdm),
      await opened(mdm, {}, { headers: { 'content-type': 'application/json;charset=UTF8' } }),
    ],
    default: [200, 200],
    off: [['exact', ['400 oauth_problem_adviceBad Request', 200]]],
  },
  requests_per_minute: {
    seen: async (mdm) => {
      const session = await mdm.session();
      const words: unknown[] = [];
      for (let call = 0; call < 3; call += 1) words.push(await account(mdm, session));
      words.push(await opened(mdm), await account(mdm.other(1), await mdm.other(1).session()));
      mdm.advance(MINUTE);
      return [...words, await account(mdm, session)];
    },
    default: [200, 200, 200, 200, 200, 200],
    off: [[2, [200, '429 TOO_MANY_REQUESTS', '429 TOO_MANY_REQUESTS', '429 TOO_MANY_REQUESTS', 200, 200]]],
  },
  retry_after: {
    beside: { requests_per_minute: 1 },
    seen: async (mdm) => {
      await mdm.openSession();
      return (await mdm.openSession()).headers['retry-after'];
    },
    default: '60',
    off: [
      ['90s', '90'],
      ['10ms', '1'],
    ],
  },
} as const satisfies BehaviorCases;
