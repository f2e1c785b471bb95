import assert from 'node:assert/strict';
import { type Crabapple, createCrabapple } from '../../src/index.ts';
import { ask, withContentToken } from './requests.ts';

/** Changes every writable member of a value. */
function vandalize(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const inner of Object.values(value)) vandalize(inner, seen);
  for (const name of Object.keys(value)) Reflect.set(value, name, 'vandalized');
  Reflect.set(value, 'added', true);
  if (Array.isArray(value) && !Object.isFrozen(value)) value.length = 0;
}

/** Everything that can be read from an organization. */
const READINGS: { readonly [About in string]: (apple: Crabapple) => unknown } = {
  'organizations.default.id': ({ organizations }) => organizations.default.id,
  'credentials.serverToken': ({ credentials }) => credentials.serverToken,
  'credentials.serverTokens': ({ credentials }) => credentials.serverTokens,
  'credentials.contentTokens': ({ credentials }) => credentials.contentTokens,
  devices: ({ devices }) => [...devices],
  'devices.get()': ({ devices }) => devices.get('C02ACME0001'),
  profiles: ({ profiles }) => profiles,
  locations: ({ locations }) => locations.map((location) => ({ ...location })),
  'faults.list': ({ faults }) => faults.list,
  'serverFaults.list': ({ serverFaults }) => serverFaults.list,
  'behavior.dep': ({ behavior }) => behavior.dep,
  'behavior.apns': ({ behavior }) => behavior.apns,
  'behavior.vpp': ({ behavior }) => behavior.vpp,
  'timeline.list': ({ timeline }) => timeline.list,
  'journal.entries()': ({ journal }) => journal.entries(),
  'verify()': (apple) => apple.verify().suites.map(({ wallAt: _, ...suite }) => suite),
  snapshots: ({ snapshots }) => snapshots,
};

describe('values read from the API', () => {
  let apple: Crabapple;

  before(async () => {
    apple = await createCrabapple(
      `name: Read
clock: { at: 2026-03-02T08:00:00Z, rate: 0 }
mdm_servers:
  - server_name: Reading MDM
    profiles: [{ profile_name: One, url: 'https://mdm.example', skip_setup_items: [Siri] }]
locations:
  - { name: Headquarters, assets: [{ adam_id: 361309726 }] }
devices:
  - { serial_number: C02ACME0001, imei: ['490154203237518'], device_family: iPhone }
  - { generate: 2 }
faults:
  - { on: dep.*, where: { $.body.cursor: { one_of: [a, b] } }, answer: { status: 500, headers: { a: b } } }
server_faults:
  - { on: apns.*, latency: { uniform: [1s, 2s] } }
timeline:
  - { after: 1h, expire_terms: true }
expect:
  - { operation: dep.session }
  - data_sent:
      declaration:
        name: Declared
        rows:
          - { service: vpp, item: token, direction: sent, personal_data: 'no', at: { vpp.users: $.headers.authorization } }
`,
    );
    apple.snapshot('kept');
    await ask(apple, 'GET', '/mdm/v2/users', { headers: withContentToken(apple.credentials.contentToken) });
    await ask(apple, 'POST', '/mdm/v2/users/create', {
      headers: withContentToken(apple.credentials.contentToken),
      body: { users: [{ clientUserId: 'one' }] },
    });
  });

  for (const [about, read] of Object.entries(READINGS)) {
    it(`${about} is a copy: writing to it does not change the organization`, () => {
      const before = structuredClone(read(apple));
      assert.notEqual(before, undefined);
      vandalize(read(apple));
      assert.deepEqual(read(apple), before);
    });
  }

  it('still serves requests after all values were written to', async () => {
    const { status } = await ask(apple, 'GET', '/mdm/v2/users', {
      headers: withContentToken(apple.credentials.contentToken),
    });
    assert.equal(status, 200);
  });
});
