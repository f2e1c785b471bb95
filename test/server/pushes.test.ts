import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { Http2Client } from '../transports/http2-client.ts';

const SCENARIO = `
name: Acme
seed: 7
devices: [{ serial_number: C02ACME0001, device_family: Mac }]
`;

interface Issued {
  readonly certificate: string;
  readonly private_key: string;
  readonly topic: string;
}

describe('a push over the TLS port with a certificate', () => {
  let server: CrabappleServer;
  let ca: string;
  let token: string;
  let magic: string;
  let lastEntry: () => JournalEntry;

  before(async () => {
    const apple = new SimulatedApple();
    await apple.addScenario(SCENARIO);
    lastEntry = () => [...apple.journal.entries(apple.tenants.default.id)].at(-1)!;
    server = await openServer(apple, { port: 0, tlsPort: 0 });
    ca = await server.ca();
    const { devices } = (await control('GET', 'devices')) as {
      devices: { push_token: string; push_magic: string }[];
    };
    token = devices[0]!.push_token;
    magic = devices[0]!.push_magic;
  });
  after(() => server.close());

  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${server.url}/_crabapple/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  }
  const issue = (members: object = {}): Promise<Issued> =>
    control('POST', 'push-certificates', members) as Promise<Issued>;
  const client = ({ certificate, private_key }: Issued, servername = 'api.push.apple.com'): Http2Client =>
    new Http2Client(server.tlsUrl!, { ca, servername, cert: certificate, key: private_key });
  const push = (to: Http2Client, headers = {}) =>
    to.request(`/3/device/${token}`, headers, JSON.stringify({ mdm: magic }));

  it('needs no apns-topic: the certificate has it', async () => {
    const connection = client(await issue());
    const { status, headers, body } = await push(connection, {
      'apns-id': '0D8B4A6E-1C2F-4D3A-9B5E-6F7A8B9C0D1E',
    });
    connection.close();
    assert.deepEqual(
      [status, headers['apns-id'], body, connection.streamLimits],
      [200, '0D8B4A6E-1C2F-4D3A-9B5E-6F7A8B9C0D1E', '', [1000]],
    );
  });

  it('gets DeviceTokenNotForTopic with a new certificate instead of a renewed one', async () => {
    const connection = client(await issue({ new_topic: true }));
    const { status, body, pieces } = await push(connection);
    connection.close();
    assert.deepEqual([status, body, pieces], [400, '{"reason":"DeviceTokenNotForTopic"}', 1]);
  });

  it('without a certificate needs a provider token, on one stream', async () => {
    const connection = new Http2Client(server.tlsUrl!, { ca, servername: 'api.push.apple.com' });
    const { status, body } = await push(connection);
    connection.close();
    assert.deepEqual(
      [status, body, connection.streamLimits],
      [403, '{"reason":"MissingProviderToken"}', [1]],
    );
  });

  it('gets GOAWAY with a certificate of the other environment', async () => {
    const connection = client(await issue(), 'api.sandbox.push.apple.com');
    await connection.closed;
    assert.deepEqual(connection.goaways, [
      { code: 0, lastStream: 0, debug: '{"reason":"BadCertificateEnvironment"}' },
    ]);
    const { operation, ended, why } = lastEntry();
    assert.deepEqual([operation, ended], ['connection', 'goaway']);
    assert.match(why!, /is for production, and this is sandbox/);
  });

  it('is disconnected before SETTINGS with an expired certificate', async () => {
    const connection = client(await issue({ expired: true }));
    await connection.closed;
    assert.deepEqual([connection.streamLimits, connection.goaways], [[], []]);
    assert.match(lastEntry().why!, /has expired/);
  });

  it('is disconnected when the virtual clock has passed the end of its certificate', async () => {
    const issued = await issue({ days: 30 });
    await control('POST', 'clock', { advance: '31d' });
    const connection = client(issued);
    await connection.closed;
    assert.deepEqual(connection.streamLimits, []);
    await control('POST', 'reset', {});
  });

  it('gets the TLS alert of a fault, as often as the fault says', async () => {
    await control('POST', 'faults', {
      on: 'connection',
      answer: { tls_alert: 'certificate_expired' },
      times: 1,
    });
    const rejected = connect({ port: Number(new URL(server.tlsUrl!).port), host: '127.0.0.1' });
    const [error] = await once(rejected, 'error');
    assert.match(String(error), /certificate expired/);
    const connection = client(await issue());
    assert.equal((await push(connection)).status, 200);
    connection.close();
  });
});

describe('a push over the plain port', () => {
  it('is accepted over HTTP/1.1 and HTTP/2, identified by the device token', async () => {
    const apple = new SimulatedApple();
    await apple.addScenario(SCENARIO);
    await using server = await openServer(apple, { port: 0 });
    const { devices } = (await (await fetch(`${server.url}/_crabapple/devices`)).json()) as {
      devices: { push_token: string; push_magic: string }[];
    };
    const path = `/3/device/${devices[0]!.push_token}`;
    const body = JSON.stringify({ mdm: devices[0]!.push_magic });
    const one = await fetch(server.url + path, { method: 'POST', body });
    const client = new Http2Client(server.url);
    const two = await client.request(path, {}, body);
    client.close();
    assert.deepEqual([one.status, two.status], [200, 200]);
  });
});
