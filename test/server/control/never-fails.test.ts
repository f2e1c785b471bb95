import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ROUTES } from '../../../src/server/control/routes.ts';
import { ControlClient, requestOf } from './control-client.ts';

const NAMES = [
  'organization',
  'operation',
  'after',
  'limit',
  'unclaimed',
  'serial_number',
  'mdm_server',
  'profile_status',
  'cursor',
  'id',
  'default',
  'only',
  'all',
  'renew',
  'anything',
];

const VALUES = [
  '',
  'acme',
  'second',
  'true',
  '1',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  'zzzzzzzzzz',
  'Acme MDM',
  'dep.session',
  'state,clock',
  '__proto__',
  '%',
  '\u0000',
  'é',
];

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const query = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(fc.constantFrom(...VALUES), fc.string())), {
    maxLength: 4,
  })
  .map((pairs) =>
    pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
  );

const members = fc.dictionary(
  fc.constantFrom(
    'advance',
    'at',
    'rate',
    'operation',
    'where',
    'after',
    'count',
    'on',
    'answer',
    'latency',
    'until',
    'add_devices',
    'move_devices',
    'renew_server_token',
    'name',
    'devices',
    '__proto__',
  ),
  fc.oneof(
    fc.constantFrom<unknown>(
      '8d',
      '100000000d',
      '2026-01-01',
      0,
      1e9,
      -1,
      'dep.session',
      'dep.*',
      true,
      [],
      {},
      null,
      '9007199254740991ms',
    ),
    fc.jsonValue(),
  ),
);

const body = fc.oneof(
  members.map((value) => JSON.stringify({ timeout: 1, ...value })),
  members.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
  fc.uint8Array(),
  fc.constantFrom(
    '[',
    '['.repeat(10_000),
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    '&a [*a]',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
  ),
);

describe('the control API', () => {
  it('never returns 500 for random requests', async function () {
    this.timeout(60_000);
    const client = await ControlClient.of();
    await client.add('second');
    await client.traffic();
    const name = fc.oneof(fc.constantFrom('a', '..', '%2e%2e%2f', '__proto__', ''), fc.string().map(encoded));
    const requests = fc.tuple(fc.constantFrom(...ROUTES), name, query, body);
    await fc.assert(
      fc.asyncProperty(requests, async ([{ method, path: pattern }, given, queryText, sent]) => {
        const path = pattern.replace('{name}', () => given);
        const request = requestOf(method, `/_crabapple/${path}?${queryText}`, { body: sent });
        // Waiting as long as it says would take all day.
        if (path === 'journal/wait' && !new TextDecoder().decode(request.body).includes('"timeout":1'))
          return;
        const outcome = await client.control(request);
        assert.equal(outcome.kind, 'response');
        assert.ok(
          outcome.kind === 'response' && outcome.status < 500,
          outcome.kind === 'response' ? String(outcome.body) : '',
        );
      }),
      { numRuns: 3000 },
    );
    await client.request('PUT', 'snapshots/afterward');
    // A declaration needs data that was sent, and the journal may be empty.
    await client.apple.handle(requestOf('POST', '/devices', { body: { devices: ['C02ACME0001'] } }));
    for (const { method, path } of ROUTES.filter(
      (route) => route.method === 'GET' && !route.path.includes('stream'),
    )) {
      assert.equal((await client.request(method, path.replace('{name}', 'afterward'))).status, 200, path);
    }
  });

  it('returns 500 in JSON and reports the failure for an exception of ours', async () => {
    const error = new Error('no port');
    const client = await ControlClient.of(
      {},
      {
        addresses: () => {
          throw error;
        },
      },
    );
    const answer = await client.request('GET', 'env');
    assert.equal(answer.status, 500);
    assert.match(answer.body.error, /no port/);
    assert.match(answer.body.hint, /report/);
    assert.deepEqual(client.failures, [error]);
  });
});
