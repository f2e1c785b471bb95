import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { answersOf } from './crabapple-control.ts';
import { CrabappleServer } from './crabapple-server.ts';
import { installedGo, runGo, skipWithoutGo } from './go-toolchain.ts';

const APP = '1001';

const SCENARIO = `
name: micromdm and licenses
seed: 5
organization: { org_name: Acme Corp }
locations:
  - name: Headquarters
    assets:
      - { adam_id: ${APP}, total: 3 }
      - { adam_id: 1002, product_type: Book }
`;

const run = promisify(execFile);

/** The v1 client of micromdm, unmodified, in a program that only calls it. */
function builtClient(): string {
  const output = resolve('build/clients/micromdm-vpp');
  mkdirSync(resolve('build/clients'), { recursive: true });
  runGo(['build', '-mod=readonly', '-o', output, '.'], resolve('test/clients/micromdm'));
  console.log(`micromdm/vpp v1.13.1, built with ${installedGo()}`);
  return output;
}

/** Its URL is Apple's and cannot be set, so that the proxy leads it here. */
describe('the v1 client of micromdm', () => {
  let apple: CrabappleServer;
  let client: string;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'micromdm/vpp');
    client = builtClient();
    apple = await CrabappleServer.start(SCENARIO);
  });

  after(async () => {
    if (apple !== undefined) assert.equal(await apple.stop(), 0);
  });

  it('takes the location over, and gives and takes a license', async () => {
    const sToken = await (await fetch(`${apple.url}/_crabapple/content-tokens`, { method: 'POST' })).text();
    // It reads the context of the MDM before it and fails where there is none.
    const clientContext = JSON.stringify({ hostname: 'before.example', guid: 'one' });
    await fetch(`${apple.url}/mdm/VPPClientConfigSrv`, {
      method: 'POST',
      body: JSON.stringify({ sToken, clientContext }),
    });
    const before = await apple.control.lastSeq();
    const { stdout } = await run(client, [sToken, APP, 'C02ACME0001'], {
      env: { ...process.env, SSL_CERT_FILE: apple.caFile, HTTPS_PROXY: apple.proxyUrl },
      timeout: 60_000,
    });
    const { organization_id, ...told } = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(typeof organization_id, 'number');
    assert.deepEqual(told, {
      location_name: 'Headquarters',
      assets: 2,
      pricing_param: 'STDQ',
      associated: 1,
      assigned: true,
      licenses: 1,
      left: false,
    });
    const entries = await apple.control.journal(before);
    assert.deepEqual(answersOf(entries), [
      'vpp.v1.service_config',
      'vpp.v1.client_config',
      'vpp.v1.client_config',
      'vpp.v1.client_config',
      'vpp.v1.assets',
      'vpp.v1.assets',
      'vpp.v1.assets',
      'vpp.v1.licenses.manage',
      'vpp.v1.licenses',
      'vpp.v1.licenses',
      'vpp.v1.assets',
      'vpp.v1.licenses.manage',
      'vpp.v1.licenses',
    ]);
    assert.ok(entries.every(({ request }) => request.authority === 'vpp.itunes.apple.com'));
  });
});
