import assert from 'node:assert/strict';
import fc from 'fast-check';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { dep } from '../../src/services/dep/index.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { watch } from '../coverage/seen.ts';
import { oauthHeader, oauthParameters } from './mdm.ts';
import { PROFILE_UUID, SCENARIO, SERIAL } from './operations.ts';
import { ask, opened, requestOf, textOf } from './requests.ts';

const PATHS = [...new Set(dep.operations.map(({ path }) => path))];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', '', 'get', 'CONNECT'];
const encoder = new TextEncoder();

const word = fc.oneof(
  fc.constantFrom(
    SERIAL,
    PROFILE_UUID,
    '',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    'F2LACME00003',
    '0',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const members = fc.dictionary(
  fc.constantFrom(
    'cursor',
    'limit',
    'devices',
    'device',
    'profile_uuid',
    'profile_name',
    'url',
    'is_supervised',
    'is_mdm_removable',
    'language',
    'region',
    'org_magic',
    'escrow_key',
    'mdm_service_discovery_url',
    '__proto__',
  ),
  fc.oneof(
    word,
    fc.array(word, { maxLength: 5 }),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, 'https://mdm.acme.example', 'de', 'CH'),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  { maxKeys: 6 },
);

const body = fc.oneof(
  { weight: 6, arbitrary: members.map((value) => encoder.encode(JSON.stringify(value))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }).map((text) => encoder.encode(text)) },
);

const headerValue = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '10',
    '1',
    '-1',
    'OAuth',
    'OAuth realm="ADM"',
    'OAuth a=b,',
    'application/json',
    '\u00ff',
  ),
);

const headers = fc.dictionary(
  fc.constantFrom(
    'authorization',
    'user-agent',
    'x-server-protocol-version',
    'x-adm-auth-session',
    'content-type',
    'host',
    'x-other',
  ),
  headerValue,
  { maxKeys: 3 },
);

const query = fc.oneof(
  fc.constantFrom('', `profile_uuid=${PROFILE_UUID}`, `device=${SERIAL}`, 'device=%', '&&=&', '__proto__=1'),
  fc.string({ maxLength: 30 }),
);

const BEHAVIORS = [
  {},
  { cursor_format: 'depsim', session_rotation: 1, session_rotation_grace: '0s', error_body: 'quoted' },
  {
    define_magic: 'strict',
    define_required: 'archived',
    define_unknown_serial: 'not_found',
    field_gating: 'off',
  },
  { oauth_check: 'keys_only', sessions: 'one', session_errors: 'depsim', id_matching: 'exact', limit_max: 1 },
];

interface Scene {
  readonly apple: SimulatedApple;
  readonly session: string;
  readonly cursor: string;
}

async function sceneOf(behavior: object): Promise<Scene> {
  const scenario = { name: 'test', ...SCENARIO, behavior: { dep: behavior } };
  const apple = await simulateApple(scenario);
  watch(apple);
  const session = await opened(apple);
  const page = await ask(
    apple,
    requestOf('POST', '/server/devices', {
      headers: { 'x-adm-auth-session': session },
      body: encoder.encode('{"limit":1}'),
    }),
  );
  const { cursor } = JSON.parse(textOf(page));
  return { apple, session: await opened(apple), cursor };
}

describe('Device Enrollment, for any request', () => {
  for (const behavior of BEHAVIORS) {
    it(`never returns 500 and continues to work: ${JSON.stringify(behavior)}`, async function () {
      this.timeout(60_000);
      const { apple, session, cursor } = await sceneOf(behavior);
      const requests = fc.record({
        method: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...METHODS.slice(0, 4)) },
          { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
          { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
        ),
        path: fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom(...PATHS) },
          { weight: 1, arbitrary: fc.string({ maxLength: 20 }).map((text) => `/${text}`) },
        ),
        query,
        headers,
        body: fc.oneof(
          { weight: 9, arbitrary: body },
          { weight: 1, arbitrary: fc.constant(encoder.encode(JSON.stringify({ cursor, limit: 1 }))) },
        ),
        inSession: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(requests, async ({ method, path, inSession, headers: given, ...rest }) => {
          const sent = inSession ? { 'x-adm-auth-session': session, ...given } : given;
          const response = await ask(apple, requestOf(method, path, { ...rest, headers: sent }));
          assert.ok(response.status < 500, `${response.status} ${response.why}`);
          if (response.status >= 400) assert.ok(response.why ?? response.headers['x-crabapple-why']);
        }),
        { numRuns: 1500, seed: 20_260_302 },
      );
      const request = requestOf('GET', '/account', {
        headers: { 'x-adm-auth-session': await opened(apple) },
      });
      assert.equal((await ask(apple, request)).status, 200);
    });
  }

  it('rejects every Authorization header that differs from the signed one with 400 or 401', async () => {
    const { apple } = await sceneOf({});
    const token = currentToken(apple.tenants.default.organization.enrollment.servers[0]!);
    const good = oauthHeader(oauthParameters(token, { url: 'http://apple.test/session' }));
    const mutated = fc
      .tuple(fc.nat(good.length - 1), fc.nat(12), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut));
    await fc.assert(
      fc.asyncProperty(mutated, async (authorization) => {
        const { status } = await ask(apple, requestOf('GET', '/session', { headers: { authorization } }));
        assert.ok(
          status === 400 || status === 401 || (status === 200 && equivalent(authorization, good)),
          authorization,
        );
      }),
      { numRuns: 1500, seed: 7 },
    );
  });
});

/** White space, the case of the scheme and of escapes, and quotes have no meaning. */
function equivalent(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/["\s]/g, '').replace(/,$/, '').toLowerCase();
  return plain(decodeURIComponent(one)) === plain(decodeURIComponent(other));
}
