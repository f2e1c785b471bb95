import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Recording } from '../../src/recording/recording.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { SERVICES } from '../../src/services/index.ts';

const OPERATIONS = [
  ...new Set(SERVICES.flatMap(({ operations }) => operations.map(({ name }) => name))),
].sort();

const NAMES = [
  ...new Set(
    SERVICES.flatMap((service) =>
      Object.values(service.fields).flatMap(({ fields }) => fields.map(({ name }) => name)),
    ),
  ),
].sort();

/** Personal data that no generated text contains. */
const original = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => `qz${Buffer.from(bytes).toString('hex')}`);
const value = fc.oneof(
  { weight: 5, arbitrary: original },
  { weight: 1, arbitrary: fc.array(original, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(original, original, { maxKeys: 2 }) },
  { weight: 1, arbitrary: fc.boolean() },
);
const NUMBERS = { adamId: '1100000001', pricingParam: 'STDQ', status: 'Registered' };
const record = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 30 }),
    fc.subarray(Object.entries(NUMBERS)),
  )
  .map(([members, known]) => ({ ...members, ...Object.fromEntries(known) }));
const records = fc.array(record, { maxLength: 3 });
const body = fc
  .record({
    members: record,
    devices: fc.oneof(records, fc.dictionary(original, record, { maxKeys: 3 })),
    lists: fc.record({ assets: records, users: records, assignments: records }, { requiredKeys: [] }),
  })
  .map(({ members, devices, lists }) => ({ ...members, devices, ...lists }));
const headers = fc.dictionary(
  fc.constantFrom('authorization', 'apns-topic', 'apns-id', 'host', 'x-adm-auth-session'),
  original,
);
/** Hexadecimal text that encodes the original. */
const token = original.map((text) => `${Buffer.from('qz').toString('hex')}${text.slice(2)}`);
const exchange = fc.record({
  operation: fc.oneof(
    fc.constantFrom(...OPERATIONS),
    fc.constantFrom('dep.account', 'dep.devices.fetch', 'dep.profile.define', 'dep.profile.get'),
    fc.constantFrom('apns.push', 'vpp.client_config', 'vpp.assets', 'vpp.users', 'vpp.assignments'),
    fc.constantFrom('vpp.v1.assets', 'vpp.v1.users', 'vpp.v1.assignments', 'vpp.assets.associate'),
  ),
  request: body,
  response: body,
  headers,
  parameters: fc.record({ token }),
});

const APPLE = {
  account: {
    operation: 'dep.account',
    request: undefined,
    response: {
      server_name: 'Orchard MDM',
      admin_id: 'jane@orchard.example',
      org_name: 'Orchard',
      org_email: 'jane@orchard.example',
      org_type: 'edu',
    },
  },
  defined: {
    operation: 'dep.profile.define',
    request: { profile_name: 'Lab', url: 'https://mdm.orchard.example', is_supervised: true, language: 'de' },
    response: { profile_uuid: 'ABCDEF0123456789ABCDEF0123456789' },
  },
  devices: (serials: readonly string[], operation = 'dep.devices.fetch', profile?: string) => ({
    operation,
    request: {},
    response: {
      devices: serials.map((serial_number) => ({
        serial_number,
        device_family: 'Mac',
        asset_tag: 'Room 12',
        device_assigned_by: 'jane@orchard.example',
        profile_status: profile === undefined ? 'empty' : 'assigned',
        ...(profile === undefined ? {} : { profile_uuid: profile }),
      })),
    },
  }),
};

// biome-ignore lint/suspicious/noExplicitAny: scenarios are looked into as a file shows them
const recorded = (exchanges: readonly any[], keepPersonalData = false): any => {
  const recording = new Recording({ keepPersonalData });
  for (const each of exchanges) recording.observe(each);
  return recording.scenario;
};

describe('Recording', () => {
  it('contains no original value of any field of any operation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { minLength: 1, maxLength: 8 }), async (exchanges) => {
        const text = JSON.stringify(recorded(exchanges));
        assert.doesNotMatch(text, /qz[0-9a-f]{16}|717a[0-9a-f]{16}/);
        await loadScenario('recorded.json', text);
      }),
      { numRuns: 150, seed: 20_260_302 },
    );
  });

  it('replaces equal values by equal pseudonyms', () => {
    const { organization, mdm_servers, devices } = recorded([
      APPLE.account,
      APPLE.devices(['C02ACME00001', 'C02ACME00002']),
      APPLE.devices(['C02ACME00002'], 'dep.devices.sync'),
    ]);
    assert.equal(mdm_servers[0].admin_id, organization.org_email);
    assert.equal(devices.length, 2);
    assert.notEqual(devices[0].serial_number, devices[1].serial_number);
    assert.equal(devices[0].asset_tag, devices[1].asset_tag);
    assert.equal(devices[0].device_assigned_by, organization.org_email);
  });

  it('keeps values that are not personal', () => {
    const { organization, mdm_servers, devices } = recorded([
      APPLE.account,
      APPLE.defined,
      APPLE.devices(['C02ACME00001'], 'dep.devices.fetch', APPLE.defined.response.profile_uuid),
    ]);
    assert.equal(organization.org_type, 'edu');
    const [profile] = mdm_servers[0].profiles;
    assert.deepEqual([profile.is_supervised, profile.language], [true, 'de']);
    assert.deepEqual(
      [devices[0].device_family, devices[0].profile_status, devices[0].profile],
      ['Mac', 'assigned', profile.profile_uuid],
    );
  });

  it('contains devices in the state of the first exchange, without removed ones', () => {
    const gone = APPLE.devices(['C02ACME00009'], 'dep.devices.sync');
    const { devices } = recorded([
      APPLE.devices(['C02ACME00001']),
      APPLE.defined,
      APPLE.devices(['C02ACME00001'], 'dep.devices.sync', APPLE.defined.response.profile_uuid),
      {
        ...gone,
        response: { devices: gone.response.devices.map((each) => ({ ...each, op_type: 'deleted' })) },
      },
    ]);
    assert.deepEqual(
      // biome-ignore lint/suspicious/noExplicitAny: as above
      devices.map(({ profile_status, profile }: any) => [profile_status, profile]),
      [[undefined, undefined]],
    );
  });

  it('keeps personal data with keepPersonalData, but no secret', () => {
    const scenario = recorded([APPLE.account, APPLE.devices(['C02ACME00001'])], true);
    assert.equal(scenario.organization.org_name, 'Orchard');
    assert.equal(scenario.devices[0].serial_number, 'C02ACME00001');
    const secrets = { operation: 'dep.session', request: {}, response: { auth_session_token: 'secret' } };
    assert.doesNotMatch(JSON.stringify(recorded([secrets], true)), /secret/);
  });
});
