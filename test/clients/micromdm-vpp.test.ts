import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { outcomesOf } from './crabapple-control.ts';
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

/** Builds a program that calls the unmodified v1 client of micromdm. @returns its path */
function buildClient(): string {
  const output = resolve('build/clients/micromdm-vpp');
  mkdirSync(resolve('build/clients'), { recursive: true });
  runGo(['build', '-mod=readonly', '-o', output, '.'], resolve('test/clients/micromdm'));
  console.log(`micromdm/vpp v1.13.1, built with ${installedGo()}`);
  return output;
}

/** Its base URL is fixed to Apple's host: HTTPS_PROXY redirects it to the server. */
describe('the v1 client of micromdm', () => {
  let apple: CrabappleServer;
  let client: string;

  before(async function () {
    this.timeout(300_000);
    skipWithoutGo(this, 'micromdm/vpp');
    client = buildClient();
    apple = await CrabappleServer.start(SCENARIO);
  });

  after(async () => {
    if (apple !== undefined) assert.equal(await apple.stop(), 0);
  });

  it('takes over the location, associates a license and disassociates it', async () => {
    const sToken = await (await fetch(`${apple.url}/_crabapple/content-tokens`, { method: 'POST' })).text();
    // The client reads the clientContext of the previous MDM and fails without one.
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
    const { organization_id, ...result } = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(typeof organization_id, 'number');
    assert.deepEqual(result, {
      location_name: 'Headquarters',
      assets: 2,
      pricing_param: 'STDQ',
      associated: 1,
      assigned: true,
      licenses: 1,
      assigned_at_end: false,
    });
    const entries = await apple.control.journal(before);
    assert.deepEqual(outcomesOf(entries), [
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
