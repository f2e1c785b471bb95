import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { type CrabappleServer, openServer, PortError } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { Http2Client } from '../transports/http2-client.ts';
import { SCENARIO } from './scenario.ts';

describe('a server with a TLS port', () => {
  let apple: SimulatedApple;
  let server: CrabappleServer;
  let ca: string;

  before(async () => {
    apple = new SimulatedApple();
    await apple.addScenario(SCENARIO);
    server = await openServer(apple, { port: 0, tlsPort: [0, 0], allowHosts: ['apple.test'] });
    ca = await server.ca();
  });
  after(() => server.close());

  it('has its addresses and the CA file in its environment', () => {
    const { CRABAPPLE_URL, CRABAPPLE_TLS_URL, CRABAPPLE_CA_FILE, CRABAPPLE_PROXY_URL } = server.env;
    assert.deepEqual(
      [CRABAPPLE_URL, CRABAPPLE_TLS_URL, CRABAPPLE_CA_FILE, CRABAPPLE_PROXY_URL],
      [server.url, server.tlsUrl, server.caFile, undefined],
    );
  });

  it('writes the CA certificate, never its key, to a file of mode 600', () => {
    assert.equal(readFileSync(server.caFile!, 'utf8'), ca);
    assert.equal(statSync(server.caFile!).mode & 0o777, 0o600);
    assert.doesNotMatch(ca, /PRIVATE/);
  });

  it('creates the files of a push certificate once, on the first request', async () => {
    assert.equal(server.env.CRABAPPLE_PUSH_CERT_FILE, undefined);
    const [one, other] = await Promise.all([server.environment(), server.environment()]);
    assert.deepEqual(one, other);
    assert.deepEqual(server.env, one);
    const { CRABAPPLE_PUSH_CERT_FILE: certFile = '', CRABAPPLE_PUSH_KEY_FILE: keyFile = '' } = one;
    const certificate = new X509Certificate(readFileSync(certFile));
    const key = createPrivateKey(readFileSync(keyFile));
    assert.ok(certificate.checkPrivateKey(key));
    assert.ok(certificate.verify(new X509Certificate(ca).publicKey));
    assert.match(certificate.subject, new RegExp(`UID=${one.CRABAPPLE_PUSH_TOPIC}`));
    assert.equal(statSync(keyFile).mode & 0o777, 0o600);
    const fetched = (await (await fetch(`${server.url}/_crabapple/env`)).json()) as Record<string, string>;
    assert.deepEqual(fetched, one);
  });

  const responsesOf = async (url: string): Promise<readonly unknown[]> => {
    const client = new Http2Client(url, { ca });
    const [session, health, unknown] = await Promise.all(
      ['/session', '/_crabapple/health', '/no/such'].map((path) =>
        client.request(path, { 'user-agent': 'test' }),
      ),
    );
    const served = await client.request('/_crabapple/ca.pem');
    client.close();
    return [session?.status, health?.status, unknown?.status, served.body];
  };

  it('serves Device Enrollment and the control API over HTTP/2, with and without TLS', async () => {
    const expected = [400, 200, 404, ca];
    assert.deepEqual(await responsesOf(server.url), expected);
    assert.deepEqual(await responsesOf(server.tlsUrl!), expected);
  });

  it('records HTTP/2 requests in the journal', async () => {
    await responsesOf(server.tlsUrl!);
    const entry = [...apple.journal.entries(apple.tenants.default.id)].findLast(
      ({ operation }) => operation === 'dep.session',
    );
    assert.deepEqual([entry?.transport, entry?.request.scheme], ['http2', 'https']);
  });

  for (const name of [
    'api.push.apple.com',
    'api.sandbox.push.apple.com',
    'mdmenrollment.apple.com',
    'vpp.itunes.apple.com',
    'apple.test',
    'localhost',
  ]) {
    it(`has a certificate for ${name}`, async () => {
      const client = new Http2Client(server.tlsUrl!, { ca, servername: name });
      const answer = await client.request('/_crabapple/health', { ':authority': 'localhost' });
      client.close();
      assert.equal(answer.status, 200);
    });
  }

  it('has a certificate that is valid at virtual and at real time', async () => {
    const then = Date.parse('2031-05-01T00:00:00Z');
    const other = new SimulatedApple();
    await other.addScenario(`${SCENARIO}clock: 2031-05-01T00:00:00Z\n`);
    const later = await openServer(other, { port: 0, tlsPort: 0 });
    const certificate = new X509Certificate(await later.ca());
    await later.close();
    assert.ok(Date.parse(certificate.validFrom) < Date.now());
    assert.ok(Date.parse(certificate.validTo) > then);
  });
});

describe('closing a server', () => {
  it('removes the CA file and closes every port', async () => {
    const apple = new SimulatedApple();
    await apple.addScenario(SCENARIO);
    const server = await openServer(apple, { port: 0, tlsPort: 0, proxyPort: 0 });
    const client = new Http2Client(server.tlsUrl!, { ca: await server.ca() });
    await client.request('/_crabapple/health');
    assert.ok(existsSync(server.caFile!));
    await server.close();
    await client.closed;
    assert.ok(!existsSync(server.caFile!));
  });

  it('happens when a port is in use, with nothing left open', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const apple = new SimulatedApple();
    await apple.addScenario(SCENARIO);
    await assert.rejects(
      openServer(apple, { port: 0, tlsPort: [0, port] }),
      (error) => error instanceof PortError && error.hint.includes('`--tls-port 0`'),
    );
    taken.close();
  });
});
