import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { performAction } from '../../src/organization/actions.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import type { SavedInventory } from '../../src/organization/inventory/inventory.ts';
import type { Organization } from '../../src/organization/organization.ts';
import type { PushReader } from '../../src/organization/push/area.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import type { SavedRegistrations } from '../../src/organization/push/registrations.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { parseAction } from '../../src/scenario/parse.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { requestOf } from '../dep/requests.ts';
import { type Step, steps, Traffic, WALL } from './traffic.ts';

const OPEN: Step = { do: 'session', one: 0, other: 0 };

const exportedText = ({ apple }: Traffic): Promise<string> => apple.exportSnapshot(apple.snapshot());

async function served(file: string, id: string): Promise<SimulatedApple> {
  const { nodeHost } = await import('../../src/transports/node-host.ts');
  return simulateApple(file, { host: { ...nodeHost, wall: () => WALL } }, { id });
}

/** Under another id: nothing may hang on that. */
async function exported(traffic: Traffic, id = 'another'): Promise<Traffic> {
  const again = new Traffic(await served(await exportedText(traffic), id));
  again.memory = structuredClone(traffic.memory);
  return again;
}

const LEGACY = ['getVPPAssetsSrv', 'getVPPUsersSrv', 'getVPPLicensesSrv', 'getAssignments'];

/** The responses of the version 1 operations, in which licenses have numbers. */
async function legacyResponses(traffic: Traffic): Promise<readonly string[]> {
  const { content, account } = traffic.tenant.organization;
  const sToken = contentTokenFile(content.locations[0]!.tokens.at(-1)!, account.org_name);
  const type = { 'content-type': 'application/json' };
  const answers: string[] = [];
  for (const service of LEGACY)
    answers.push(await traffic.ask('POST', `/mdm/${service}`, type, { sToken, includeRetired: 1 }));
  return answers;
}

/** Members without a value, and pages and slots without content, make no difference. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

interface SavedAreas {
  readonly enrollment: { readonly inventory: SavedInventory };
  readonly push: { readonly registrations: SavedRegistrations };
  readonly content: { readonly locations: readonly { readonly assignments: unknown }[] };
  readonly planned: { readonly planned: readonly (readonly [id: number, change: unknown])[] };
}

/** The state of an organization, area by area, whatever the layout of its columns. */
function areasOf({ tenant: { organization } }: Traffic): Readonly<Record<string, unknown>> {
  const { now, startedAt, areas } = organization.serialize();
  const { enrollment, push, content, planned, ...rest } = areas as unknown as SavedAreas;
  const { clock } = organization.runtime;
  return {
    ...(plain({ ...rest, clock: undefined }) as object),
    now,
    startedAt: plain(startedAt),
    rate: clock.rate,
    enrollment: plain({ ...enrollment, inventory: inventoryOf(organization, enrollment.inventory) }),
    push: plain({ ...push, ...registrationsOf(organization.push, push.registrations) }),
    content: plain(content.locations.map(({ assignments: _, ...location }) => location)),
    assignments: plain(organization.content.locations.map(({ assignments }) => assignments.slots())),
    planned: plain(planned.planned.map(([, change]) => change)),
  };
}

const inventoryOf = ({ enrollment: { inventory } }: Organization, { groups }: SavedInventory): unknown => ({
  groups,
  devices: [...inventory.all()].map((ref) => [inventory.state(ref), inventory.rare(ref)]),
});

/** Everything that is stored of each registration, wherever. */
function registrationsOf({ registrations, newest, rates }: PushReader, saved: SavedRegistrations) {
  const touched = [...registrations.recorded(), ...newest.registrations(), ...rates.registrations()];
  const each = [...new Set(touched)].sort((one, other) => one - other);
  return {
    registrations: { ...saved, records: undefined },
    newest: each.map((registration) => [registration, newest.of(registration)]),
    rates: each.map((registration) => [registration, rates.of(registration)]),
    records: each.map((registration) => ({
      ...registrations.record(registration),
      online: registrations.isOnline(registration),
    })),
  };
}

describe('an exported snapshot', () => {
  it('is a scenario file that reproduces every area of the state, and every later response', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(steps(80), steps(40), async (before, after) => {
        const traffic = await Traffic.start();
        await traffic.run([OPEN, ...before]);
        const again = await exported(traffic);
        assert.deepEqual(areasOf(again), areasOf(traffic));
        assert.deepEqual(await legacyResponses(again), await legacyResponses(traffic));
        assert.deepEqual(await again.run(after), await traffic.run(after));
        assert.deepEqual(areasOf(again), areasOf(traffic));
      }),
      { numRuns: 40, seed: 31 },
    );
  });

  it('exports the same again, and is the state that a reset restores', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(steps(60), steps(10), async (before, after) => {
        const traffic = await Traffic.start();
        await traffic.run([OPEN, ...before]);
        const file = parse(await exportedText(traffic));
        const again = await exported(traffic);
        assert.deepEqual(parse(await exportedText(again)), file);
        await again.run(after);
        again.apple.reset(again.tenant);
        assert.deepEqual(parse(await exportedText(again)), file);
      }),
      { numRuns: 15, seed: 32 },
    );
  });

  it('can be snapshotted and restored like any other scenario', async () => {
    const traffic = await Traffic.start();
    await traffic.run([OPEN, { do: 'add', one: 0, other: 0 }, { do: 'renew', one: 0, other: 0 }]);
    const again = await exported(traffic);
    const areas = areasOf(again);
    again.apple.snapshot('before');
    await again.run([
      { do: 'add', one: 0, other: 0 },
      { do: 'remove', one: 3, other: 0 },
    ]);
    assert.notDeepEqual(areasOf(again), areas);
    await again.apple.restore('before');
    assert.deepEqual(areasOf(again), areas);
  });

  it('delivers the stored push when the device comes online', async () => {
    const traffic = await Traffic.start();
    const serial = 'LITERAL2';
    const device = ({ organization }: Traffic['tenant']) => organization.enrollment.inventory.find(serial)!;
    const { push } = traffic.tenant.organization;
    const registration = registrationOf(device(traffic.tenant));
    const path = `/3/device/${push.registrations.token(registration)}`;
    const body = { mdm: push.registrations.magic(registration) };
    await traffic.ask('POST', path, { 'apns-topic': push.topic }, body);
    assert.notEqual(push.registrations.record(registration)?.stored, undefined);

    const { tenant } = await exported(traffic);
    const heard: string[] = [];
    tenant.organization.onChange(({ change }) => {
      if (change.type === 'push_delivered') heard.push(change.push.payload);
    });
    performAction(tenant.organization, await parseAction({ bring_online: [serial] }));
    assert.deepEqual(heard, [JSON.stringify(body)]);
  });

  it('keeps generated devices generated, and lists those that changed', async () => {
    const apple = await simulateApple({
      name: 'Many',
      clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
      devices: [{ generate: 100_000, device_family: 'iPhone' }],
    });
    const { organization } = apple.tenants.default;
    const { inventory } = organization.enrollment;
    const [first] = inventory.walk(0, 0, 1, 10).devices;
    const serial = inventory.serialNumber(first!);
    performAction(organization, { throttle_devices: { devices: [serial], for: 1000 } });
    apple.snapshot('many');
    const file = await apple.exportSnapshot('many');
    assert.match(file, /generate: 100000/);
    assert.deepEqual(parse(file).state.enrollment.devices, [
      {
        serial_number: serial,
        mdm_server: 'MDM server',
        device_assigned_date: '2026-03-02T08:00:00.000Z',
        member_since: 1,
        throttled_until: '2026-03-02T08:00:01.000Z',
      },
    ]);
  });

  it('starts with the scenario as it was written', async () => {
    const settings = {
      name: 'Settings',
      seed: 'a word',
      clock: { at: '2026-03-02T08:00:00Z', rate: 2.5 },
      client_time: 'virtual',
      depsim: true,
      organization: { org_type: 'edu', terms: 'expired', beta_tokens: null },
      apps: [{ adam_id: '42', name: 'Answers' }],
      behavior: { dep: { session_idle: '5m', user_agent_denied: ['old'] } },
      faults: [{ on: 'apns.push', latency: '20ms', where: { '$.path': { contains: '3' } } }],
      timeline: [{ after: '3d', expire_terms: true }],
      expect: [{ operation: 'dep.session' }],
    };
    const apple = await simulateApple(settings);
    const { clock, state, ...described } = parse(await apple.exportSnapshot(apple.snapshot()));
    const { clock: _, ...written } = settings;
    assert.deepEqual(described, written);
    assert.equal(clock.rate, 2.5);
    assert.equal(state.timeline.entries[0].status, 'pending');
  });

  it('contains the declaration of a file beside the scenario', async () => {
    const declaration = {
      name: 'Little',
      rows: [
        {
          service: 'ADE',
          item: 'Serial number',
          direction: 'received',
          personal_data: 'maybe',
          at: { 'dep.devices.fetch': '$.response.body.devices[*].serial_number' },
        },
      ],
    };
    const scenario = { name: 'Declaration', expect: [{ data_sent: { declaration: 'little.yaml' } }] };
    const apple = await simulateApple(scenario, {}, { readFile: async () => stringify(declaration) });
    await simulateApple(await apple.exportSnapshot(apple.snapshot()));
  });

  it('continues with the counts of all faults, also of those that were set later', async () => {
    const apple = await simulateApple({
      name: 'Faults',
      faults: [{ on: 'dep.*', answer: 'T_C_NOT_SIGNED', times: 3 }],
    });
    await apple.tenants.default.faults.add({ id: 'later', on: 'vpp.*', answer: { error: '9646' } });
    await apple.handle(requestOf('GET', '/token'));
    const again = await simulateApple(await apple.exportSnapshot(apple.snapshot()));
    const { faults } = again.tenants.default;
    assert.deepEqual(
      faults.faults.map(({ id, matched, applied }) => [id, matched, applied]),
      [
        ['fault-1', 1, 1],
        ['later', 0, 0],
      ],
    );
  });

  it('is served beside its own organization with `credentials: generate`', async () => {
    const traffic = await Traffic.start();
    await traffic.run([
      OPEN,
      ...['define', 'renew', 'register', 'rotate', 'contentToken'].map(
        (each) => ({ do: each, one: 0, other: 0 }) as Step,
      ),
    ]);
    const file = await exportedText(traffic);
    const { apple } = traffic;
    await assert.rejects(apple.addScenario(file), /belongs to the organization snapshots/);
    const worker = await apple.addScenario(`${file}credentials: generate\n`);
    const { enrollment, push } = worker.organization;
    assert.equal(enrollment.profiles.all().length, 2);
    assert.notEqual(push.topic, traffic.tenant.organization.push.topic);
  });
});

describe('`state:` of a scenario file', () => {
  const INVALID: readonly [string, string, number, RegExp][] = [
    [
      'a device',
      'enrollment: { devices: [{ serial_number: GONE1 }] }',
      4,
      /no device has the serial number GONE1/,
    ],
    [
      'an MDM server',
      'enrollment: { devices: [{ serial_number: HERE1, mdm_server: X }] }',
      4,
      /no MDM server of this file is named "X"/,
    ],
    [
      'a profile',
      `enrollment: { devices: [{ serial_number: HERE1, profile: ${'A'.repeat(32)} }] }`,
      4,
      /no MDM server has a profile/,
    ],
    [
      'a span',
      'enrollment: { mdm_servers: [{ server_name: MDM server, sync_log: { folded_up_to: 0, events: [{ number: 1, at: 2026-03-02, operation: added, from: HERE1, count: 2 }] } }] }',
      4,
      /there are no 2 devices from HERE1 on/,
    ],
    [
      'a registration',
      'push: { registrations: [{ of: GONE1/user, online: true }] }',
      4,
      /no device has the serial number GONE1/,
    ],
    ['a location', 'locations: [{ name: Elsewhere }]', 4, /the location at this place is "Headquarters"/],
    [
      'an asset',
      'locations: [{ name: Headquarters, assignments: { taken: [{ asset: 0, user: 0, slot: 0, license: 0, version: 1 }], free_slots: [], free_licenses: [], freed: [], serials: [], free: [] } }]',
      4,
      /there is no asset 0/,
    ],
    [
      'a slot',
      'locations: [{ name: Headquarters, assignments: { taken: [], free_slots: [3], free_licenses: [], freed: [], serials: [], free: [] } }]',
      4,
      /each slot from 0 on is taken or free, once/,
    ],
    [
      'an event',
      'planned: [{ at: 2026-03-02, change: { content_event_processed: { location: 0, event_id: x } } }]',
      4,
      /no location has such an event/,
    ],
    ['a word', 'enrollment: { terms: perhaps }', 4, /unknown value "perhaps"/],
    ['an instant', 'started: { at: yesterday, wall_at: 2026-03-02 }', 4, /expected an instant/],
    [
      'an entry of the timeline',
      'timeline: { started_at: 2026-03-02, real_time_since: 0, entries: [{ left: 0, status: done }] }',
      4,
      /the timeline has 0 entries, not 1/,
    ],
  ];
  for (const [what, state, line, why] of INVALID) {
    it(`is rejected with its position if ${what} is wrong`, async () => {
      const file = `name: Wrong\ndevices: [{ serial_number: HERE1 }]\nstate:\n  ${state}\n`;
      await assert.rejects(
        loadScenario('wrong.yaml', file),
        ({ problems }: { problems: { line: number; message: string }[] }) => {
          const [problem] = problems;
          assert.equal(problem!.line, line);
          assert.match(problem!.message, why);
          return true;
        },
      );
    });
  }

  it('can be written by hand, in part', async () => {
    const apple = await simulateApple(`name: By hand
mdm_servers: [{ server_name: Acme, profiles: [{ profile_uuid: ${'B'.repeat(32)}, profile_name: P, url: https://mdm.acme.example }] }]
devices: [{ serial_number: HERE1 }]
state:
  enrollment:
    terms: expired
    account_driven_profile: { url: https://mdm.acme.example, updated_at: 2026-03-02 }
    devices: [{ serial_number: HERE1, mdm_server: Acme, profile: ${'B'.repeat(32)}, profile_status: pushed }]
  push:
    registrations: [{ of: HERE1, online: false }]
`);
    const { enrollment, push } = apple.tenants.default.organization;
    const ref = enrollment.inventory.find('HERE1')!;
    assert.equal(enrollment.terms, 'expired');
    assert.equal(enrollment.inventory.state(ref).profileStatus, 'pushed');
    assert.equal(push.registrations.isOnline(registrationOf(ref)), false);
  });
});
