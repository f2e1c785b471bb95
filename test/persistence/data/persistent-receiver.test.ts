import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Response } from '../../../src/core/outcome.ts';
import { createPersistentReceiver } from '../../../src/persistence/data/persistent-receiver.ts';
import { restoreData } from '../../../src/persistence/data/restore.ts';
import { createReceiver } from '../../../src/server/receiver.ts';
import { SimulatedApple } from '../../../src/simulated-apple.ts';
import type { RequestReceiver } from '../../../src/transports/receiver.ts';
import { requestOf } from '../../server/control/control-client.ts';
import { HOST, TemporaryDataFolder } from './temporary-data-folder.ts';

interface PushStorage {
  readonly apple: SimulatedApple;
  readonly receiver: RequestReceiver;
}

async function keepingIn(folder: TemporaryDataFolder, fsync = false): Promise<PushStorage> {
  const apple = new SimulatedApple({ host: HOST });
  const { writer } = await restoreData(apple, folder.open(fsync));
  const receiver = createReceiver(apple, {}, () => ({ url: 'http://127.0.0.1:8990' }));
  return { apple, receiver: createPersistentReceiver(receiver, writer) };
}

const text = (outcome: Outcome): string => String((outcome as Response).body);

const addOrganization = requestOf('POST', '/_crabapple/organizations', { body: 'name: Kept' });

const addDevice = (serial: string) =>
  requestOf('POST', '/_crabapple/actions', { body: { add_devices: [{ serial_number: serial }] } });

async function serials(folder: TemporaryDataFolder): Promise<readonly string[]> {
  const { apple } = await keepingIn(folder);
  return [...apple.tenants.default.organization.enrollment.inventory.namedSerials];
}

describe('a response with --data', () => {
  it('is sent after its changes can be read from the folder', async () => {
    using folder = new TemporaryDataFolder();
    const { receiver } = await keepingIn(folder);
    await receiver.handle(addOrganization);
    for (const serial of ['KEPT1', 'KEPT2']) {
      await receiver.handle(addDevice(serial));
      assert.equal((await serials(folder)).at(-1), serial);
    }
  });

  it('to concurrent requests waits for the disk with --fsync', async () => {
    using folder = new TemporaryDataFolder();
    const { receiver } = await keepingIn(folder, true);
    await receiver.handle(addOrganization);
    const names = Array.from({ length: 20 }, (_, index) => `KEPT${index}`);
    const answers = await Promise.all(names.map((name) => receiver.handle(addDevice(name))));
    for (const answer of answers) assert.equal((answer as Response).status, 200);
    assert.deepEqual((await serials(folder)).toSorted(), names.toSorted());
  });

  it('is 500 if the disk fails, and the next one writes both changes', async () => {
    using folder = new TemporaryDataFolder();
    const { receiver } = await keepingIn(folder);
    const organizations = join(folder.path, 'organizations');
    rmSync(organizations, { recursive: true });
    const failed = await receiver.handle(addOrganization);
    assert.equal((failed as Response).status, 500);
    assert.match(text(failed), /the request was performed, but cannot be written to .*: ENOENT/);

    folder.open().close();
    assert.equal(((await receiver.handle(addDevice('KEPT1'))) as Response).status, 200);
    assert.deepEqual(await serials(folder), ['KEPT1']);
  });

  it('to a read request is synchronous', async () => {
    using folder = new TemporaryDataFolder();
    const { receiver } = await keepingIn(folder);
    await receiver.handle(addOrganization);
    const answer = receiver.handle(requestOf('GET', '/_crabapple/devices'));
    assert.ok(!(answer instanceof Promise));
  });
});
