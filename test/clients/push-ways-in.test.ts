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
import { APP_DEVICE, APP_TOPIC, PushWorld } from './push-world.ts';

/** Newer ones have taken away what aioapns 4.0 writes to once a tunnel stands. */
function pythonCanTunnel(): boolean {
  const text = execFileSync('python3', ['-c', 'import sys; print(sys.version_info[:2] < (3, 11))']);
  return text.toString().trim() === 'True';
}

describe('ways in for push clients', () => {
  let world: PushWorld;

  before(async () => {
    world = await PushWorld.start();
  });
  after(() => world.stop());

  async function pushOnce(client: PushClient, settings: PushSettings, serialNumber = 'C02ACME0001') {
    const { push_token: token, push_magic: mdm } = await world.device(serialNumber);
    const payload = serialNumber === APP_DEVICE ? { aps: { alert: 'x' } } : { mdm };
    const session = client.start(settings);
    const topic = serialNumber === APP_DEVICE ? { topic: APP_TOPIC } : {};
    const answer = await session.send({ token, payload, ...topic });
    await session.stop();
    const { transport, request } = (await world.control.journal()).at(-1)!;
    return { status: answer.status, transport, authority: request.authority };
  }
  const BY_APPLES_NAME = { status: 200, transport: 'http2', authority: 'api.push.apple.com' };

  it(`${nanomdm.name} comes by HTTPS_PROXY, knowing no address but Apple's`, async function () {
    this.timeout(300_000);
    await nanomdm.prepare(this);
    const settings = { ...(await world.withCertificate()), useProxy: true };
    assert.deepEqual(await pushOnce(nanomdm, settings), BY_APPLES_NAME);
  });

  it(`${nodeApn.name} comes by its proxy option`, async function () {
    this.timeout(300_000);
    await nodeApn.prepare(this);
    const settings = { ...(await world.withKey()), useProxy: true };
    assert.deepEqual(await pushOnce(nodeApn, settings, APP_DEVICE), BY_APPLES_NAME);
  });

  it(`${aioapns.name} comes by its proxy option`, async function () {
    this.timeout(300_000);
    await aioapns.prepare(this);
    if (!pythonCanTunnel()) {
      console.log(`      ${aioapns.name}: SKIPPED, its tunnel needs a Python before 3.11`);
      this.skip();
    }
    const settings = { ...(await world.withCertificate()), useProxy: true };
    assert.deepEqual(await pushOnce(aioapns, settings), BY_APPLES_NAME);
  });

  it(`${aioapns.name} comes with HTTP/2 and without ALPN`, async function () {
    this.timeout(300_000);
    await aioapns.prepare(this);
    const answer = await pushOnce(aioapns, await world.withCertificate());
    assert.deepEqual([answer.status, answer.transport], [200, 'http2']);
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
    it(`curl comes with ${name}, trusting what ca.pem hands out`, async function () {
      await curlClient.prepare(this);
      const caFile = join(world.apple.folder, 'fetched-ca.pem');
      writeFileSync(caFile, await (await fetch(`${world.apple.url}/_crabapple/ca.pem`)).text());
      const { certificate } = await world.withCertificate();
      const { push_token, push_magic } = await world.device();
      const credentials = ['--cert', certificate!.certificateFile, '--key', certificate!.keyFile];
      const text = execFileSync('curl', [
        ...['--silent', '--show-error', '--cacert', caFile, ...options, ...(tls ? credentials : [])],
        ...['--write-out', '%{http_code} %{http_version}', '--data', JSON.stringify({ mdm: push_magic })],
        `${tls ? world.apple.tlsUrl : world.apple.url}/3/device/${push_token}`,
      ]);
      assert.equal(text.toString(), `200 ${version}`);
    });
  }

  it('a device that listens to events hears of the push', async () => {
    const { push_token, push_magic } = await world.device();
    const listening = get(`${world.apple.url}/events?token=${push_token}`);
    const [events] = (await once(listening, 'response')) as [IncomingMessage];
    const body = JSON.stringify({ mdm: push_magic });
    const pushed = await fetch(`${world.apple.url}/3/device/${push_token}`, { method: 'POST', body });
    assert.equal(pushed.status, 200);
    let heard = '';
    for await (const piece of events) {
      heard += String(piece);
      if (heard.includes(push_magic)) break;
    }
    assert.match(heard, /^(?:event|data|id): ?/m);
    listening.destroy();
  });
});
