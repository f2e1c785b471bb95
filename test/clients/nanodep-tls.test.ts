import assert from 'node:assert/strict';
import { skipWithoutGo } from './go-toolchain.ts';
import { NanodepFixture } from './nanodep-fixture.ts';

const MDM_SERVER = 'Orchard MDM';

const SCENARIO = `
name: nanodep over TLS
seed: 12
mdm_servers: [{ server_name: ${MDM_SERVER} }]
devices: [{ generate: 3 }]
`;

/** Go offers HTTP/2 over TLS. */
describe('nanodep over TLS', () => {
  let fixture: NanodepFixture;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'nanodep');
    fixture = await NanodepFixture.start(SCENARIO, ({ caFile, proxyUrl }) => ({
      SSL_CERT_FILE: caFile,
      HTTPS_PROXY: proxyUrl,
    }));
  });

  after(async () => {
    if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
  });

  /** Exchanges the token and reads the account. @returns the exchanges */
  const readAccount = async (depName: string, url: string): Promise<readonly unknown[]> => {
    const stored = await fixture.exchangeToken(depName, MDM_SERVER);
    assert.equal(stored.status, 200, stored.text);
    await fixture.setBaseUrl(depName, url);
    const before = await fixture.apple.control.lastSeq();
    const { status, body, text } = await fixture.proxy(depName, 'GET', '/account');
    assert.equal(status, 200, text);
    assert.equal(body.server_name, MDM_SERVER);
    const entries = await fixture.apple.control.journal(before);
    return entries.map(({ operation, transport, request }) => [operation, transport, request.authority]);
  };

  const exchangesWith = (authority: string): readonly unknown[] => [
    ['dep.session', 'http2', authority],
    ['dep.account', 'http2', authority],
  ];

  it('sends its requests to the TLS port, trusting caFile', async () => {
    const { tlsUrl } = fixture.apple;
    assert.deepEqual(await readAccount('direct', tlsUrl), exchangesWith(new URL(tlsUrl).host));
  });

  it('sends its requests to mdmenrollment.apple.com, redirected by HTTPS_PROXY', async () => {
    const apple = 'mdmenrollment.apple.com';
    assert.deepEqual(await readAccount('proxied', `https://${apple}`), exchangesWith(apple));
  });
});
