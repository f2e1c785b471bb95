import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { aioapns } from './aioapns-client.ts';
import { curlClient } from './curl-client.ts';
import { nanomdm } from './go-push-clients.ts';
import { nodeApn } from './npm-clients.ts';
import type { PushClient, PushSettings } from './push-client.ts';
import { APP_DEVICE, APP_TOPIC, PushFixture } from './push-fixture.ts';

/** True if aioapns 4.0 can use a proxy: it depends on an attribute that Python 3.11 removed. */
function pythonCanTunnel(): boolean {
  const text = execFileSync('python3', ['-c', 'import sys; print(sys.version_info[:2] < (3, 11))']);
  return text.toString().trim() === 'True';
}

describe('connections of push clients', () => {
  let fixture: PushFixture;

  before(async () => {
    fixture = await PushFixture.start();
  });
  after(() => fixture.stop());

  async function pushOnce(client: PushClient, settings: PushSettings, serialNumber = 'C02ACME0001') {
    const { push_token: token, push_magic: mdm } = await fixture.device(serialNumber);
    const payload = serialNumber === APP_DEVICE ? { aps: { alert: 'x' } } : { mdm };
    const session = client.start(settings);
    const topic = serialNumber === APP_DEVICE ? { topic: APP_TOPIC } : {};
    const result = await session.send({ token, payload, ...topic });
    await session.stop();
    const { transport, request } = (await fixture.control.journal()).at(-1)!;
    return { status: result.status, transport, authority: request.authority };
  }
  const TO_APPLES_HOST = { status: 200, transport: 'http2', authority: 'api.push.apple.com' };

  it(`${nanomdm.name} connects to api.push.apple.com through HTTPS_PROXY`, async function () {
    this.timeout(300_000);
    await nanomdm.prepare(this);
    const settings = { ...(await fixture.withCertificate()), useProxy: true };
    assert.deepEqual(await pushOnce(nanomdm, settings), TO_APPLES_HOST);
  });

  it(`${nodeApn.name} connects to api.push.apple.com through its proxy option`, async function () {
    this.timeout(300_000);
    await nodeApn.prepare(this);
    const settings = { ...(await fixture.withKey()), useProxy: true };
    assert.deepEqual(await pushOnce(nodeApn, settings, APP_DEVICE), TO_APPLES_HOST);
  });

  it(`${aioapns.name} connects to api.push.apple.com through its proxy option`, async function () {
    this.timeout(300_000);
    await aioapns.prepare(this);
    if (!pythonCanTunnel()) {
      console.log(`      ${aioapns.name}: SKIPPED, its proxy support needs Python 3.10 or older`);
      this.skip();
    }
    const settings = { ...(await fixture.withCertificate()), useProxy: true };
    assert.deepEqual(await pushOnce(aioapns, settings), TO_APPLES_HOST);
  });

  it(`${aioapns.name} connects with HTTP/2 and without ALPN`, async function () {
    this.timeout(300_000);
    await aioapns.prepare(this);
    const result = await pushOnce(aioapns, await fixture.withCertificate());
    assert.deepEqual([result.status, result.transport], [200, 'http2']);
  });

  const PROTOCOLS: Readonly<Record<string, { options: readonly string[]; tls: boolean; version: string }>> = {
    'HTTP/2 over TLS': { options: ['--http2'], tls: true, version: '2' },
    'HTTP/2 over TLS without ALPN': {
      options: ['--no-alpn', '--http2-prior-knowledge'],
      tls: true,
      version: '2',
    },
    'HTTP/1.1 over TLS': { options: ['--http1.1'], tls: true, version: '1.1' },
    'HTTP/1.1 over TLS without ALPN': { options: ['--http1.1', '--no-alpn'], tls: true, version: '1.1' },
    'HTTP/1.1 on the plain port': { options: ['--http1.1'], tls: false, version: '1.1' },
    'HTTP/2 on the plain port': { options: ['--http2-prior-knowledge'], tls: false, version: '2' },
  };

  for (const [name, { options, tls, version }] of Object.entries(PROTOCOLS)) {
    it(`curl connects with ${name}, trusting the certificate of /_crabapple/ca.pem`, async function () {
      await curlClient.prepare(this);
      const caFile = join(fixture.apple.folder, 'fetched-ca.pem');
      writeFileSync(caFile, await (await fetch(`${fixture.apple.url}/_crabapple/ca.pem`)).text());
      const { certificate } = await fixture.withCertificate();
      const { push_token, push_magic } = await fixture.device();
      const credentials = ['--cert', certificate!.certificateFile, '--key', certificate!.keyFile];
      const text = execFileSync('curl', [
        ...['--silent', '--show-error', '--cacert', caFile, ...options, ...(tls ? credentials : [])],
        ...['--write-out', '%{http_code} %{http_version}', '--data', JSON.stringify({ mdm: push_magic })],
        `${tls ? fixture.apple.tlsUrl : fixture.apple.url}/3/device/${push_token}`,
      ]);
      assert.equal(text.toString(), `200 ${version}`);
    });
  }

  it('GET /events sends the push to a listening device', async () => {
    const { push_token, push_magic } = await fixture.device();
    const listening = get(`${fixture.apple.url}/events?token=${push_token}`);
    const [events] = (await once(listening, 'response')) as [IncomingMessage];
    const body = JSON.stringify({ mdm: push_magic });
    const pushed = await fetch(`${fixture.apple.url}/3/device/${push_token}`, { method: 'POST', body });
    assert.equal(pushed.status, 200);
    let received = '';
    for await (const chunk of events) {
      received += String(chunk);
      if (received.includes(push_magic)) break;
    }
    assert.match(received, /^(?:event|data|id): ?/m);
    listening.destroy();
  });
});
