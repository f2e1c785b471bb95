import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KilledServer } from './killed-server.ts';

const text = (serials: readonly string[]): string =>
  JSON.stringify({ name: 'Served', devices: serials.map((serial_number) => ({ serial_number })) });

async function serials({ url }: KilledServer, organization = 'served'): Promise<readonly string[]> {
  const answer = await fetch(`${url}/_crabapple/devices?organization=${organization}`);
  const { devices } = (await answer.json()) as { devices: { serial_number: string }[] };
  return devices.map(({ serial_number }) => serial_number);
}

async function post({ url }: KilledServer, path: string, body: string): Promise<void> {
  const { status } = await fetch(`${url}/_crabapple/${path}`, { method: 'POST', body });
  assert.ok(status < 300, `${path}: ${status}`);
}

const authority = async ({ url }: KilledServer): Promise<string> =>
  (await fetch(`${url}/_crabapple/ca.pem`)).text();

describe('crabapple serve --data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crabapple-serve-'));
  const file = join(folder, 'served.json');
  const data = join(folder, 'data');
  const start = (files: readonly string[]): Promise<KilledServer> => KilledServer.start(data, files);

  after(() => rmSync(folder, { recursive: true }));

  it('continues after a restart with the same certificate authority, until a scenario file changes', async function () {
    this.timeout(60_000);
    writeFileSync(file, text(['FILE1']));
    const first = await start([file]);
    await post(first, 'actions', JSON.stringify({ add_devices: [{ serial_number: 'LATER1' }] }));
    await post(first, 'organizations?id=posted', text(['POSTED1']));
    const trusted = await authority(first);
    await assert.rejects(start([file]), /another server has this folder/);
    await first.kill();
    assert.equal(statSync(join(data, 'ca-key.pem')).mode & 0o777, 0o600);

    const second = await start([file]);
    assert.deepEqual(await serials(second), ['FILE1', 'LATER1']);
    assert.deepEqual(await serials(second, 'posted'), ['POSTED1']);
    assert.equal(await authority(second), trusted);
    assert.deepEqual(second.notices, []);
    await second.kill();

    writeFileSync(file, text(['FILE2']));
    const third = await start([file]);
    assert.deepEqual(await serials(third), ['FILE2']);
    assert.deepEqual(await serials(third, 'posted'), ['POSTED1']);
    assert.match(third.notices.join('\n'), /has changed since the last run: served was reset/);
    await third.kill();
  });
});
