import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { createRecorder } from '../../src/recording/recorder.ts';
import { Recording } from '../../src/recording/recording.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { requestOf, textOf } from '../dep/requests.ts';
import { SCENARIO, type Step, steps, Traffic, WALL } from '../persistence/traffic.ts';

/** Part of all personal data of this test. */
const MARK = 'quzzle';

const ORGANIZATION = {
  ...SCENARIO,
  name: MARK,
  organization: {
    org_name: `${MARK} Ltd`,
    org_email: `boss@${MARK}.example`,
    org_phone: `+44 20 ${MARK}`,
    org_address: `1 ${MARK} Street`,
  },
  mdm_servers: [
    {
      server_name: 'First',
      admin_id: `jane@${MARK}.example`,
      profiles: [
        {
          profile_name: `Profile of ${MARK}`,
          url: `https://mdm.${MARK}.example`,
          support_email_address: `help@${MARK}.example`,
          department: MARK,
        },
      ],
    },
    { server_name: 'Second' },
  ],
  devices: [
    ...SCENARIO.devices,
    {
      serial_number: 'QUZZLE00001',
      asset_tag: `desk of ${MARK}`,
      device_assigned_by: `jane@${MARK}.example`,
    },
  ],
  locations: [
    {
      name: `${MARK} hall`,
      assets: [
        { adam_id: '1001', total: 4 },
        { adam_id: '1002', total: 1, device_assignable: false },
      ],
      users: [
        { client_user_id: `${MARK}-0`, email: `anna@${MARK}.example` },
        { client_user_id: `${MARK}-1`, managed_apple_id: `ben@${MARK}.example` },
        { client_user_id: `${MARK}-2`, status: 'Retired' },
      ],
      assignments: [{ adam_id: '1001', client_user_ids: [`${MARK}-0`], serial_numbers: ['QUZZLE00001'] }],
    },
  ],
  metadata_keys: [],
};

type Item = Readonly<Record<string, unknown>>;

/** Passes every response to a recorder. */
class RecordedTraffic extends Traffic {
  readonly recording = new Recording({ keepPersonalData: false });
  readonly #record = createRecorder(this.recording);

  static async of(): Promise<RecordedTraffic> {
    const { nodeHost } = await import('../../src/transports/node-host.ts');
    return new RecordedTraffic(
      await simulateApple(ORGANIZATION, { host: { ...nodeHost, wall: () => WALL } }),
    );
  }

  override async ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
    query = '',
  ): Promise<string> {
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    const request = requestOf(method, path, { headers, body: bytes, query });
    const outcome = await this.apple.handle(request);
    if (outcome.kind !== 'response') return outcome.kind;
    this.#record(request, { status: outcome.status, body: new TextEncoder().encode(textOf(outcome)) });
    return JSON.stringify([outcome.status, outcome.headers, textOf(outcome)]);
  }
}

const LEGACY = [
  ['getVPPAssetsSrv', {}],
  ['getVPPUsersSrv', { includeRetired: 1 }],
  ['getVPPLicensesSrv', {}],
  ['getAssignments', {}],
  ['VPPClientConfigSrv', { verbose: true, clientContext: MARK }],
  ['registerVPPUserSrv', { clientUserIdStr: `${MARK}-9`, email: `nina@${MARK}.example` }],
  [
    'manageVPPLicensesByAdamIdSrv',
    { adamIdStr: '1001', pricingParam: 'STDQ', associateSerialNumbers: ['QUZZLE00001'] },
  ],
] as const;

/** Reads the same inventories with v1. */
async function lookAsBefore(traffic: Traffic): Promise<void> {
  const { content, account } = traffic.tenant.organization;
  const sToken = contentTokenFile(content.locations[0]!.tokens.at(-1)!, account.org_name);
  const type = { 'content-type': 'application/json' };
  for (const [service, body] of [...LEGACY, ...LEGACY])
    await traffic.ask('POST', `/mdm/${service}`, type, { sToken, ...body });
}

/** Generated secrets and identifiers of devices and persons. */
function madeUp({ tenant }: Traffic): readonly string[] {
  const { enrollment, push, content } = tenant.organization;
  const devices = [...enrollment.inventory.all()].flatMap((device) => {
    const registration = registrationOf(device);
    return [
      enrollment.inventory.serialNumber(device),
      push.registrations.token(registration)!,
      push.registrations.magic(registration)!,
    ];
  });
  return [
    ...devices,
    ...enrollment.servers.flatMap((server) => [server.serverUuid, ...Object.values(currentToken(server))]),
    ...enrollment.servers.flatMap(({ sessions }) => [...sessions.keys()]),
    ...enrollment.profiles.all().map(({ profileUuid }) => profileUuid),
    push.topic,
    ...content.locations.flatMap(({ uId, tokens }) => [uId, ...tokens.map(({ token }) => token)]),
  ].filter((text): text is string => typeof text === 'string' && text.length > 5 && text !== 'valid');
}

const LOOK: readonly Step[] = (
  ['session', 'account', 'fetch', 'sync', 'sync', 'sync', 'push', 'content'] as const
).map((each) => ({ do: each, one: 0, other: 1 }));

describe('Recording of all services', () => {
  it('is a valid scenario without personal data and secrets', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(steps(60), fc.boolean(), async (all, legacyFirst) => {
        const traffic = await RecordedTraffic.of();
        if (legacyFirst) await lookAsBefore(traffic);
        await traffic.run([...LOOK, ...all, ...LOOK]);
        if (!legacyFirst) await lookAsBefore(traffic);
        const text = JSON.stringify(traffic.recording.scenario);
        assert.ok(!text.toLowerCase().includes(MARK));
        for (const original of madeUp(traffic)) assert.ok(!text.includes(original), original);
        await loadScenario('recorded.json', text);
      }),
      { numRuns: 25, seed: 51 },
    );
  });

  it('contains the initial inventories of locations, and the push registrations', async () => {
    const traffic = await RecordedTraffic.of();
    await traffic.run(LOOK);
    const text = JSON.stringify(traffic.recording.scenario);
    const { locations, timeline, push, devices } = JSON.parse(text);
    assert.equal(locations.length, 1);
    const [{ assets, users, assignments }] = locations;
    assert.deepEqual(
      (assets as Item[]).map(({ adam_id, total, device_assignable }) => [adam_id, total, device_assignable]),
      [
        ['1001', 4, true],
        ['1002', 1, false],
      ],
    );
    assert.deepEqual(
      (users as Item[]).map(({ status }) => status),
      ['Registered', 'Associated', 'Retired'],
    );
    const [{ client_user_ids, serial_numbers }] = assignments;
    assert.deepEqual(client_user_ids, [users[0].client_user_id]);
    assert.ok((devices as Item[]).some(({ serial_number }) => serial_number === serial_numbers[0]));
    const [{ register_push }] = timeline;
    assert.equal(register_push.length, 1);
    assert.equal(register_push[0].push_topic, push.topic);

    const again = await simulateApple(text);
    const { organization } = again.tenants.default;
    organization.runDueTasks();
    const registration = organization.push.registrations.find(register_push[0].push_token);
    assert.equal(organization.push.registrations.magic(registration!), register_push[0].push_magic);
  });

  it('leaves out users and assignments that the MDM created', async () => {
    const traffic = await RecordedTraffic.of();
    await traffic.run([
      ...['createUser', 'advance', 'advance'].map((each) => ({ do: each, one: 3, other: 0 }) as Step),
      { do: 'associate', one: 1, other: 3 },
      { do: 'advance', one: 3, other: 0 },
      ...LOOK,
    ]);
    const { locations } = JSON.parse(JSON.stringify(traffic.recording.scenario));
    assert.equal(locations[0].users.length, 3);
    assert.deepEqual(
      (locations[0].assignments as Item[]).map(({ client_user_ids }) => (client_user_ids as string[]).length),
      [1],
    );
  });
});
