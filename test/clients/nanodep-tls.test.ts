import assert from 'node:assert/strict';
import { skipWithoutGo } from './go-toolchain.ts';
import { NanodepStory } from './nanodep-story.ts';

const MDM_SERVER = 'Orchard MDM';

const SCENARIO = `
name: nanodep over TLS
seed: 12
mdm_servers: [{ server_name: ${MDM_SERVER} }]
devices: [{ generate: 3 }]
`;

/** Go offers HTTP/2 wherever there is TLS. */
describe('nanodep over TLS', () => {
  let story: NanodepStory;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    story = await NanodepStory.start(SCENARIO, ({ caFile, proxyUrl }) => ({
      SSL_CERT_FILE: caFile,
      HTTPS_PROXY: proxyUrl,
    }));
  });

  after(async () => {
    if (story !== undefined) assert.equal(await story.stop(), 0);
  });

  /** What the account was asked for, from the start. */
  const account = async (depName: string, url: string): Promise<readonly unknown[]> => {
    const stored = await story.exchangeToken(depName, MDM_SERVER);
    assert.equal(stored.status, 200, stored.text);
    await story.pointAtApple(depName, url);
    const before = await story.apple.control.lastSeq();
    const { status, body, text } = await story.proxy(depName, 'GET', '/account');
    assert.equal(status, 200, text);
    assert.equal(body.server_name, MDM_SERVER);
    const entries = await story.apple.control.journal(before);
    return entries.map(({ operation, transport, request }) => [operation, transport, request.authority]);
  };

  const asked = (authority: string): readonly unknown[] => [
    ['dep.session', 'http2', authority],
    ['dep.account', 'http2', authority],
  ];

  it('asks the TLS port, which it trusts by the certificate of its authority', async () => {
    const { tlsUrl } = story.apple;
    assert.deepEqual(await account('direct', tlsUrl), asked(new URL(tlsUrl).host));
  });

  it("asks Apple's own host name, which HTTPS_PROXY leads here", async () => {
    const apple = 'mdmenrollment.apple.com';
    assert.deepEqual(await account('proxied', `https://${apple}`), asked(apple));
  });
});
