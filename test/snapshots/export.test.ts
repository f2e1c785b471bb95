import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { loadScenario } from '../../src/scenario/load.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { type Step, steps, Traffic, WALL } from './traffic.ts';

const OPEN: Step = { do: 'session', one: 0, other: 0 };

/** All devices of both MDM servers page by page, details of each device, both accounts, and the content. */
async function seen(traffic: Traffic): Promise<readonly string[]> {
  const answers: string[] = [];
  // Without terms that are accepted there is no session in which to look.
  await traffic.step({ do: 'terms', one: 1, other: 0 });
  for (const server of [0, 1]) {
    await traffic.step({ do: 'session', one: server, other: 0 });
    traffic.memory.cursor = undefined;
    for (const each of ['account', 'details', 'fetch', 'sync', 'sync', 'sync', 'sync'] as const)
      answers.push(await traffic.step({ do: each, one: 0, other: 0 }));
  }
  // Cursors say how often they were asked for, and what has happened before.
  return answers.map((answer) =>
    answer.replace(/cursor\\":\\"[^\\]+/g, 'cursor').replace(/"x-adm-auth-session":"[^"]+",?/, ''),
  );
}

async function contentOf({ tenant }: Traffic): Promise<unknown> {
  const [location] = tenant.organization.content.locations;
  return location!.assets.all.map(({ adamId, total, assigned, retired }) => ({
    adamId,
    total,
    assigned,
    retired,
  }));
}

const exportedText = ({ apple }: Traffic): Promise<string> => apple.exportSnapshot(apple.snapshot());

async function exported(traffic: Traffic): Promise<Traffic> {
  const file = await exportedText(traffic);
  const { nodeHost } = await import('../../src/doors/node-host.ts');
  return new Traffic(await simulateApple(file, { host: { ...nodeHost, wall: () => WALL } }));
}

describe('an exported snapshot', () => {
  it('is a scenario file that answers as the organization did', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(steps(80), async (before) => {
        const traffic = await Traffic.start();
        await traffic.run([OPEN, ...before.filter((step) => step.do !== 'fault' && step.do !== 'discovery')]);
        const again = await exported(traffic);
        assert.deepEqual(await contentOf(again), await contentOf(traffic));
        assert.deepEqual(await seen(again), await seen(traffic));
      }),
      { numRuns: 25, seed: 31 },
    );
  });

  it('that is exported again says the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps(60), async (before) => {
        const traffic = await Traffic.start();
        await traffic.run([OPEN, ...before]);
        const second = await exported(traffic);
        const file = await exportedText(second);
        // In another order perhaps: members of a mapping have none.
        assert.deepEqual(parse(await exportedText(await exported(second))), parse(file));
      }),
      { numRuns: 15, seed: 32 },
    );
  });

  it('keeps generated devices generated, and spells out those that changed', async () => {
    const apple = await simulateApple({
      name: 'Many',
      clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
      devices: [{ generate: 100_000, device_family: 'iPhone' }],
    });
    const { enrollment } = apple.tenants.default.organization;
    const serial = enrollment.inventory.serialNumber([...enrollment.inventory.walk(0, 0, 1, 10).devices][0]!);
    const { performAction } = await import('../../src/organization/portal/perform-action.ts');
    performAction(apple.tenants.default.organization, { throttle_devices: { devices: [serial], for: 1000 } });
    apple.snapshot('many');
    const file = await apple.exportSnapshot('many');
    assert.match(file, /generate: 100000/);
    assert.equal(file.match(/serial_number: /g)?.length, 1);
    const { scenario } = await loadScenario('many.yaml', file);
    assert.equal(scenario.organization.changedDevices![0]!.serial_number, serial);
  });

  it('keeps every setting that the scenario had', async () => {
    const settings = {
      name: 'Settings',
      seed: 'a word',
      clock: { at: '2026-03-02T08:00:00Z', rate: 2.5 },
      client_time: 'virtual',
      depsim: true,
      organization: {
        org_type: 'edu',
        terms: 'lapsed',
        account_driven_enrollment: false,
        activation_lock: false,
        beta_tokens: null,
      },
      apps: [{ adam_id: '42', name: 'Answers' }],
      managed_apple_accounts: ['anna@acme.example'],
      webhooks: { allow_http: true, allow_hosts: ['mdm.acme.example'] },
      behaviour: { dep: { session_idle: '5m', limit_default: 7, user_agent_denied: ['old'] } },
      faults: [
        {
          on: 'dep.session',
          answer: { status: 503, body: 'no' },
          after: '1h',
          until: '2026-04-01',
          retry_after: '30s',
        },
        {
          on: 'apns.push',
          latency: '20ms',
          answer: 'Shutdown',
          where: { '$.path': { contains: '3' } },
        },
      ],
    };
    const apple = await simulateApple(settings);
    const { scenario } = await loadScenario('again.yaml', await apple.exportSnapshot(apple.snapshot()));
    const before = (await loadScenario('settings.json', JSON.stringify(settings))).scenario;
    const KEPT = [
      'name',
      'seed',
      'clientTime',
      'terms',
      'accountDrivenEnrollment',
      'activationLock',
      'betaTokens',
      'depsim',
      'apps',
      'managedAppleAccounts',
      'webhooks',
      'behaviour',
    ] as const;
    for (const key of KEPT) assert.deepEqual(scenario.organization[key], before.organization[key], key);
    assert.equal(scenario.organization.clock!.rate, 2.5);
    const [first, second] = scenario.faults;
    assert.deepEqual(
      { ...first, id: undefined, after: undefined },
      { ...before.faults[0], id: undefined, after: undefined },
    );
    assert.ok('at' in first!.after!);
    assert.deepEqual({ ...second, id: undefined }, { ...before.faults[1], id: undefined });
  });

  it('tells how often a fault may still strike', async () => {
    const apple = await simulateApple({
      name: 'Faults',
      faults: [{ on: 'dep.*', answer: 'T_C_NOT_SIGNED', times: 3 }],
    });
    await apple.handle({
      method: 'GET',
      scheme: 'http',
      authority: 'apple.test',
      path: '/token',
      query: '',
      headers: {},
      body: new Uint8Array(),
      entrance: { door: 'test' },
    });
    apple.snapshot('struck');
    assert.match(await apple.exportSnapshot('struck'), /times: 2\b/);
  });
});

describe('what has become of a device', () => {
  const FILE = `name: Wrong
devices: [{ serial_number: HERE1 }]
changed_devices:
  - { serial_number: GONE1, mdm_server: MDM server }
  - { serial_number: HERE1, mdm_server: MDM servr, profile: ${'A'.repeat(32)} }
`;

  it('is told of devices, MDM servers and profiles that there are', async () => {
    await assert.rejects(
      loadScenario('wrong.yaml', FILE),
      (error: { problems: { line: number; message: string }[] }) => {
        assert.deepEqual(
          error.problems.map(({ line, message }) => [line, message]),
          [
            [4, 'no device has the serial number GONE1'],
            [5, 'no MDM server of this file is named "MDM servr"'],
            [5, `no MDM server has a profile ${'A'.repeat(32)}`],
          ],
        );
        return true;
      },
    );
  });
});
