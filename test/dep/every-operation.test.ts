import assert from 'node:assert/strict';
import type { Operation } from '../../src/engine/service.ts';
import type { DepErrorName } from '../../src/services/dep/errors.ts';
import { type CallOptions, type Mdm, mdmOf } from './mdm.ts';
import { goodRequest, nameOfVersion, SCENARIO, SESSION_OPERATIONS, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

/** An error that every call within a session can return. */
interface Situation {
  readonly error: DepErrorName;
  readonly when: string;
  readonly behavior?: object;
  readonly prepare?: (mdm: Mdm) => Promise<void> | void;
  readonly options?: CallOptions;
  readonly why: RegExp;
}

const SITUATIONS: readonly Situation[] = [
  {
    error: 'UNAUTHORIZED',
    when: 'no session is sent',
    options: { headers: { 'x-adm-auth-session': undefined } },
    why: /header is missing/,
  },
  {
    error: 'UNAUTHORIZED',
    when: 'the session was idle for too long',
    prepare: (mdm) => mdm.advance(10 * 60_000),
    why: /was idle for 600 s; 600 s are allowed/,
  },
  {
    error: 'FORBIDDEN',
    when: 'the session is not known',
    options: { session: '1700000000000O1OABCDEF' },
    why: /not known/,
  },
  {
    error: 'USER_AGENT_MISSING',
    when: 'there is no user agent',
    options: { headers: { 'user-agent': '' } },
    why: /User-Agent/,
  },
  {
    error: 'USER_AGENT_INVALID',
    when: 'behavior denies the user agent',
    behavior: { user_agent_denied: ['godep'] },
    options: { headers: { 'user-agent': 'nanodep/godep' } },
    why: /"godep"/,
  },
  {
    error: 'T_C_NOT_SIGNED',
    when: 'the terms have expired',
    prepare: (mdm) => mdm.portal({ expire_terms: true }),
    why: /terms and conditions/,
  },
  {
    error: 'TOO_MANY_REQUESTS',
    when: 'the MDM server sends too many requests',
    behavior: { requests_per_minute: 1 },
    why: /1 are allowed/,
  },
];

const title = (operation: Operation, method: string): string => `${method} ${operation.path}`;

const calls = SESSION_OPERATIONS.flatMap((operation) =>
  operation.methods.map((method) => ({ operation, method })),
);

describe('every call within a session', () => {
  for (const { error, when, behavior, prepare, options, why } of SITUATIONS) {
    describe(`returns ${error} if ${when}`, () => {
      let mdm: Mdm;

      before(async () => {
        mdm = await mdmOf({ ...SCENARIO, behavior: { dep: behavior ?? {} } });
        // The call that opens the session is the first of the minute.
        await mdm.call('GET', '/account');
        await prepare?.(mdm);
      });

      for (const { operation, method } of calls) {
        it(title(operation, method), async () => {
          const { path, body } = goodRequest(operation, method);
          for (const version of VERSIONS) {
            assertRejected(await mdm.call(method, path, { body, version, ...options }), error, why);
          }
        });
      }
    });
  }

  describe('returns its documented response', () => {
    let mdm: Mdm;

    before(async () => {
      mdm = await mdmOf(SCENARIO);
    });

    for (const { operation, method } of calls) {
      it(title(operation, method), async () => {
        const { path, body } = goodRequest(operation, method);
        for (const version of VERSIONS) {
          const { status, text } = await mdm.call(method, path, { body, version });
          assert.ok(status < 500, `${nameOfVersion(version)}: ${status} ${text}`);
          if (status !== 200) assert.match(text, /^[A-Z_]*$/);
        }
      });
    }
  });

  describe('with a body', () => {
    let mdm: Mdm;

    before(async () => {
      mdm = await mdmOf(SCENARIO);
    });

    const BODIES: readonly (readonly [what: string, raw: string | Buffer, why: RegExp])[] = [
      ['nothing', '', /empty/],
      ['white space', ' \r\n', /empty/],
      ['half of an object', '{"devices": [', /not JSON/],
      ['a list', '[]', /a list/],
      ['a number', '1', /number 1/],
      ['null', 'null', /null/],
      ['text', '"devices"', /string "devices"/],
      ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/],
      ['two objects', '{}{}', /not JSON/],
      ['a form', 'devices=C02ACME00001', /not JSON/],
    ];

    for (const { operation, method } of calls.filter(({ operation: { body } }) => body !== undefined)) {
      it(`${title(operation, method)} returns MALFORMED_REQUEST_BODY for a body that is not a JSON object`, async () => {
        for (const [what, raw, why] of BODIES) {
          for (const version of what === 'a list' ? VERSIONS : [10]) {
            const answer = await mdm.call(method, operation.path, { raw, version });
            assert.equal(answer.text, 'MALFORMED_REQUEST_BODY', what);
            assertRejected(answer, 'MALFORMED_REQUEST_BODY', why);
          }
        }
      });

      it(`${title(operation, method)} rejects members of a wrong type`, async () => {
        for (const [name, kind] of Object.entries(operation.body!.shape)) {
          for (const wrong of kind === 'text' ? [1, {}, []] : ['text', { a: 1 }, [1]]) {
            const answer = await mdm.call(method, operation.path, { body: { [name]: wrong } });
            assertRejected(answer, 'MALFORMED_REQUEST_BODY', new RegExp(`\`${name}\` must be`));
          }
        }
      });
    }
  });

  describe('with another method', () => {
    let mdm: Mdm;

    before(async () => {
      mdm = await mdmOf(SCENARIO);
    });

    for (const { path } of SESSION_OPERATIONS) {
      const taken = SESSION_OPERATIONS.filter((other) => other.path === path).flatMap(
        ({ methods }) => methods,
      );
      it(`${path} returns 405 without a body, and the methods in Allow`, async () => {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter(
          (each) => !taken.includes(each as never),
        )) {
          const answer = await mdm.call(method, path, {});
          assert.equal(answer.status, 405);
          assert.equal(answer.text, '');
          assert.equal(answer.headers.allow, taken.join(', '));
          assert.match(answer.headers['x-crabapple-why'] ?? '', new RegExp(`not ${method}`));
        }
      });
    }
  });
});
