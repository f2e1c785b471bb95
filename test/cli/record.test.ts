import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect as http2Connect } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { type CrabappleServer, nodeHost, openServer } from '../../src/server/open-server.ts';
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

/** All personal data and secrets of the upstream. */
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
    const [, url] = /^Forwarding (http:\S+)/m.exec(await command.wrote(/Forwarding .*\n/))!;
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

  it('writes a scenario without personal data and secrets that the same MDM server passes', async () => {
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

  it('keeps personal data with --keep-personal-data, but no secrets', async () => {
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

  it('returns 502 if the upstream is not reachable', async () => {
    await upstream.close();
    const command = recording(folder.file('scenario.yaml'));
    const [, url] = /^Forwarding (http:\S+)/m.exec(await command.wrote(/Forwarding .*\n/))!;
    const answer = await fetch(`${url}/session`);
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /the request to the upstream .* failed/);
    assert.equal((await command.signal('SIGTERM').ended).code, 0);
  });

  it('fails at the start if it cannot write its file', async () => {
    const out = folder.file('none/scenario.yaml');
    const { code, stderr } = await recording(out).ended;
    assert.equal(code, 1);
    assert.match(stderr, /cannot write/);
    assert.ok(!existsSync(out));
  });

  it('offers TLS for Apple host names, HTTP/2 and a proxy, and forwards to a TLS upstream', async () => {
    const secure = await openServer(await apple(), { port: 0, tlsPort: 0 });
    try {
      const ca = folder.file('upstream-ca.pem');
      writeFileSync(ca, await secure.ca());
      const out = folder.file('scenario.yaml');
      const command = new Command([
        ...['record', '--upstream', secure.tlsUrl!, '--upstream-ca', ca, '--out', out],
        ...['--port', '0', '--tls-port', '0', '--proxy-port', '0'],
      ]);
      const said = await command.wrote(/Forwarding .*\n/);
      const [, tlsPort] = /^TLS for Apple's host names: https:\/\/127\.0\.0\.1:(\d+)/m.exec(said)!;
      const [, proxyPort] = /^CONNECT proxy: .*:(\d+)/m.exec(said)!;
      const [, caFile] = /^CA certificate to trust: +(\S+)/m.exec(said)!;
      const trusted = readFileSync(caFile!, 'utf8');

      const names = await secureAnswer(Number(tlsPort), trusted, 'mdmenrollment.apple.com', '/session');
      assert.equal(names.status, 400);
      assert.notEqual(names.why, '');

      const socket = connect(Number(proxyPort), '127.0.0.1');
      socket.write('CONNECT vpp.itunes.apple.com:443 HTTP/1.1\r\n\r\n');
      await once(socket, 'readable');
      assert.match(String(socket.read()), /^HTTP\/1\.1 200 /);
      const through = await secureAnswer(socket, trusted, 'vpp.itunes.apple.com', '/mdm/v2/service/config');
      assert.equal(through.status, 200);

      assert.equal((await command.signal('SIGINT').ended).code, 0);
      const text = readFileSync(out, 'utf8');
      assert.match(text, /operation: vpp\.service_config/);
      assert.ok(!existsSync(caFile!));
    } finally {
      await secure.close();
    }
  });

  it('forwards HTTP/2 pushes with a client certificate to a plain upstream', async () => {
    const out = folder.file('scenario.yaml');
    const command = recording(out, '--tls-port', '0', '--ca-folder', folder.file('ca'));
    const said = await command.wrote(/Forwarding .*\n/);
    const [, tlsPort] = /^TLS for Apple's host names: https:\/\/127\.0\.0\.1:(\d+)/m.exec(said)!;
    const trusted = readFileSync(folder.file('ca/ca.pem'), 'utf8');
    const { token, mdm } = await pushed(Number(tlsPort), trusted, upstream);
    await command.signal('SIGINT').ended;
    const text = readFileSync(out, 'utf8');
    assert.match(text, /register_push:\n\s+- push_token: "0{63}1"/);
    assert.ok(!text.includes(token) && !text.includes(mdm));
    assert.ok(existsSync(folder.file('ca/ca-key.pem')));
  });

  it('returns 502 for an upstream with an untrusted certificate', async () => {
    const secure = await openServer(await apple(), { port: 0, tlsPort: 0 });
    try {
      const out = folder.file('scenario.yaml');
      const command = new Command(['record', '--upstream', secure.tlsUrl!, '--out', out, '--port', '0']);
      const [, url] = /^Forwarding (http:\S+)/m.exec(await command.wrote(/Forwarding .*\n/))!;
      const answer = await fetch(`${url}/session`);
      assert.equal(answer.status, 502);
      assert.match(await answer.text(), /the request to the upstream .* failed: .*certificate/);
      await command.signal('SIGINT').ended;
    } finally {
      await secure.close();
    }
  });

  it('rejects an --upstream-ca file without a certificate', async () => {
    const ca = folder.file('ca.pem');
    writeFileSync(ca, 'nothing');
    const { code, stderr } = await recording(folder.file('out.yaml'), '--upstream-ca', ca).ended;
    assert.equal(code, 1);
    assert.match(stderr, /ca\.pem does not contain a certificate/);
  });
});

/** Sends an HTTP/1.1 request over TLS for one of Apple's host names, to a port or through a socket. */
async function secureAnswer(to: number | Socket, ca: string, servername: string, path: string) {
  const where = typeof to === 'number' ? { host: '127.0.0.1', port: to } : { socket: to };
  const socket = tlsConnect({ ...where, ca, servername });
  await once(socket, 'secureConnect');
  const outgoing = request({ createConnection: () => socket, path, headers: { host: servername } });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  socket.destroy();
  return { status: answer.statusCode, why: String(answer.headers['x-crabapple-why'] ?? '') };
}

/** Sends a push over HTTP/2 with the push certificate of the MDM. */
async function pushed(port: number, ca: string, upstream: CrabappleServer) {
  const { devices } = (await (await fetch(`${upstream.url}/_crabapple/devices`)).json()) as {
    devices: { push_token: string; push_magic: string; push_topic: string }[];
  };
  const { push_token: token, push_magic: mdm, push_topic: topic } = devices[0]!;
  const issued = await fetch(`${upstream.url}/_crabapple/push-certificates`, { method: 'POST', body: '{}' });
  const { certificate: cert, private_key: key } = (await issued.json()) as Record<string, string>;
  const session = http2Connect('https://api.push.apple.com', {
    createConnection: () =>
      tlsConnect({ ...{ port, ca, cert, key }, servername: 'api.push.apple.com', ALPNProtocols: ['h2'] }),
  });
  const stream = session.request({
    ':method': 'POST',
    ':path': `/3/device/${token}`,
    'apns-topic': topic,
    'apns-push-type': 'mdm',
  });
  stream.end(JSON.stringify({ mdm }));
  const [headers] = await once(stream, 'response');
  stream.resume();
  await once(stream, 'end');
  session.close();
  assert.equal(headers[':status'], 200, String(headers['x-crabapple-why']));
  return { token, mdm };
}
