import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type CrabappleServer, nodeHost, openServer } from '../../src/open-server.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { account, assign, define, type Story, signIn, walk } from '../scenarios/step.ts';
import { Command } from './command.ts';
import { Folder } from './folder.ts';

const SCENARIO = {
  name: 'Orchard',
  seed: 5,
  organization: { org_name: 'Orchard Ltd', org_email: 'jane@orchard.example', org_phone: '+44 20 7946 0000' },
  mdm_servers: [{ server_name: 'Orchard MDM', admin_id: 'boss@orchard.example' }],
  devices: [
    { serial_number: 'C02ORCHARD01', device_family: 'Mac', asset_tag: 'desk of Jane' },
    { generate: 30, device_family: 'iPhone' },
  ],
};

const apple = () => simulateApple(SCENARIO, { host: nodeHost });
type Apple = Awaited<ReturnType<typeof apple>>;

const story = (serial: string): Story => [signIn(), account(), walk(), define(), assign('assign', [serial])];

/** All that points to somebody, or opens a door. */
function originals({ tenants }: Apple): readonly string[] {
  const { enrollment, push } = tenants.default.organization;
  const devices = [...enrollment.inventory.all()].flatMap((device) => [
    enrollment.inventory.serialNumber(device),
    push.registrations.token(registrationOf(device))!,
    push.registrations.magic(registrationOf(device))!,
  ]);
  const server = enrollment.servers[0]!;
  const { consumer_key, consumer_secret, access_token, access_secret } = currentToken(server);
  const profiles = enrollment.profiles.all().map(({ profileUuid }) => profileUuid);
  return [
    ...[...devices, ...profiles, consumer_key, consumer_secret, access_token, access_secret],
    ...[
      server.serverName,
      server.serverUuid,
      'Orchard',
      'orchard',
      'jane',
      'boss',
      '7946',
      'desk',
      'Acme',
      'acme',
    ],
  ];
}

describe('crabapple record', () => {
  let folder: Folder;
  let upstream: CrabappleServer;
  let simulated: Apple;

  beforeEach(async () => {
    folder = new Folder();
    simulated = await apple();
    upstream = await openServer(simulated, { port: 0 });
  });
  afterEach(async () => {
    await upstream.close();
    folder.remove();
  });

  const recording = (out: string, ...more: readonly string[]): Command =>
    new Command(['record', '--upstream', upstream.url, '--out', out, '--port', '0', ...more]);

  async function played(command: Command): Promise<void> {
    const [, url] = /^(http:\S+) leads/m.exec(await command.wrote(/ leads to .*\n/))!;
    const { send } = overHttp(url!);
    await play(story('C02ORCHARD01'), { ...overHttp(upstream.url), url: url!, send });
    const organization = simulated.tenants.default.organization;
    const [device] = [...organization.enrollment.inventory.all()];
    const { registrations } = organization.push;
    const token = registrations.token(registrationOf(device!))!;
    const mdm = registrations.magic(registrationOf(device!))!;
    const pushed = await fetch(`${url}/3/device/${token}`, { method: 'POST', body: JSON.stringify({ mdm }) });
    assert.equal(pushed.status, 200);
    assert.equal((await fetch(`${url}/_crabapple/journal`)).status, 404);
    const { code, stderr } = await command.signal('SIGINT').ended;
    assert.deepEqual([code, stderr], [0, '']);
  }

  it('writes a scenario that the same MDM server passes, with nothing personal and no secret', async () => {
    const out = folder.file('scenario.yaml');
    await played(recording(out));
    const text = readFileSync(out, 'utf8');
    for (const original of originals(simulated)) assert.ok(!text.includes(original), original);

    const again = await simulateApple(text, { host: nodeHost });
    const { inventory } = again.tenants.default.organization.enrollment;
    const [first, ...others] = [...inventory.all()];
    assert.equal(others.length, 30);
    const server = await openServer(again, { port: 0 });
    try {
      const side = overHttp(server.url);
      await play(story(inventory.serialNumber(first!)), side);
      const before = again.verify();
      assert.equal(before.status, 'failed', 'no push yet');
      const { token, magic } = await side.push(inventory.serialNumber(first!));
      const body = JSON.stringify({ mdm: magic });
      await fetch(`${server.url}/3/device/${token}`, { method: 'POST', body });
      assert.equal(again.verify().status, 'passed');
    } finally {
      await server.close();
    }
  });

  it('keeps personal data where it is told to, and no secret even then', async () => {
    const out = folder.file('scenario.yaml');
    await played(recording(out, '--keep-personal-data'));
    const text = readFileSync(out, 'utf8');
    assert.match(text, /C02ORCHARD01/);
    assert.match(text, /Orchard Ltd/);
    const { consumer_secret, access_secret } = currentToken(
      simulated.tenants.default.organization.enrollment.servers[0]!,
    );
    assert.ok(!text.includes(consumer_secret) && !text.includes(access_secret));
    await simulateApple(text);
  });

  it('answers 502 where the upstream is gone', async () => {
    await upstream.close();
    const command = recording(folder.file('scenario.yaml'));
    const [, url] = /^(http:\S+) leads/m.exec(await command.wrote(/ leads to .*\n/))!;
    const answer = await fetch(`${url}/session`);
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /cannot be asked/);
    assert.equal((await command.signal('SIGTERM').ended).code, 0);
  });

  it('says at once where its file cannot be written', async () => {
    const out = folder.file('none/scenario.yaml');
    const { code, stderr } = await recording(out).ended;
    assert.equal(code, 1);
    assert.match(stderr, /cannot be written/);
    assert.ok(!existsSync(out));
  });
});
