import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Response } from '../../../src/core/outcome.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { HttpRequest } from '../../../src/core/request.ts';
import { DataFolder } from '../../../src/persistence/data/folder.ts';
import { createPersistentReceiver } from '../../../src/persistence/data/persistent-receiver.ts';
import { restoreData } from '../../../src/persistence/data/restore.ts';
import type { PersistenceWriter } from '../../../src/persistence/data/writer.ts';
import { createReceiver } from '../../../src/server/receiver.ts';
import { SimulatedApple } from '../../../src/simulated-apple.ts';
import type { RequestReceiver } from '../../../src/transports/receiver.ts';
import { requestOf } from '../../server/control/control-client.ts';
import { FailingDisk, type Luck } from './failing-disk.ts';
import { HOST } from './temporary-data-folder.ts';

const FOLDER = '/kept/here';

interface Served {
  readonly apple: SimulatedApple;
  readonly receiver: RequestReceiver;
  readonly writer: PersistenceWriter;
}

async function served(disk: FailingDisk): Promise<Served> {
  const apple = new SimulatedApple({ host: HOST });
  const folder = new DataFolder(FOLDER, {
    fsync: true,
    version: '1.2.3',
    disk,
  });
  const { writer } = await restoreData(apple, folder);
  const receiver = createReceiver(apple, {}, () => ({ url: 'http://127.0.0.1:8990' }));
  return { apple, receiver: createPersistentReceiver(receiver, writer), writer };
}

/** What a request does. */
type Request = 'devices' | 'organization' | 'snapshot' | 'reset';

/** Concurrent requests. A reset is alone, so that its effect is known. */
const bursts: fc.Arbitrary<Request[][]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(fc.constantFrom<Request>('devices', 'devices', 'organization', 'snapshot'), {
        minLength: 1,
        maxLength: 4,
      }),
    },
    { weight: 1, arbitrary: fc.constant<Request[]>(['reset']) },
  ),
  { minLength: 1, maxLength: 5 },
);

type Kind = Exclude<Request, 'reset'>;

/** The requests to a server, and those that it confirmed. */
class Story {
  readonly #served: Served;
  readonly #disk: FailingDisk;
  #count = 0;
  readonly promised: Record<Kind, Set<string>> = {
    devices: new Set(),
    organization: new Set(),
    snapshot: new Set(),
  };
  readonly sent: string[] = [];

  constructor(served: Served, disk: FailingDisk) {
    this.#served = served;
    this.#disk = disk;
  }

  async run(all: readonly (readonly Request[])[]): Promise<void> {
    await this.#send('organization');
    for (const burst of all) {
      if (this.#disk.failed) return;
      await Promise.all(burst.map((each) => this.#send(each)));
    }
  }

  async #send(what: Request): Promise<void> {
    this.#count += 1;
    const name = `n${this.#count}`;
    if (what === 'reset') this.promised.devices.clear();
    if (what === 'devices') this.sent.push(name);
    const answer = this.#served.receiver.handle(requestFor(what, name));
    // Where the power is gone no answer comes.
    const outcome = await Promise.race([answer, this.#disk.gone]);
    const { status = 0 } = (outcome ?? {}) as Partial<Response>;
    if (what !== 'reset' && status >= 200 && status < 300) this.promised[what].add(name);
  }
}

const pairOf = (name: string): readonly [string, string] => [
  `${name.toUpperCase()}A`,
  `${name.toUpperCase()}B`,
];

function requestFor(what: Request, name: string): HttpRequest {
  switch (what) {
    case 'devices': {
      const add_devices = pairOf(name).map((serial_number) => ({ serial_number }));
      return requestOf('POST', '/_crabapple/actions', { body: { add_devices } });
    }
    case 'organization':
      return requestOf('POST', '/_crabapple/organizations', { body: `name: ${name}` });
    case 'snapshot':
      return requestOf('PUT', `/_crabapple/snapshots/${name}`);
    case 'reset':
      return requestOf('POST', '/_crabapple/reset');
  }
}

/** Every confirmed change is there, and each request was performed completely or not at all. */
function check({ apple }: Served, { promised, sent }: Story): void {
  for (const id of promised.organization) assert.ok(apple.tenants.get(id) !== undefined, `${id} is gone`);
  if (apple.tenants.size === 0) return;
  const tenant = apple.tenants.default;
  const { inventory } = tenant.organization.enrollment;
  for (const name of sent) {
    const [one, other] = pairOf(name).map((serial) => inventory.find(serial) !== undefined);
    assert.equal(one, other, `${name} is there in part`);
    if (promised.devices.has(name)) assert.ok(one, `${name} is gone`);
  }
  const { names } = apple.snapshotsOf(tenant);
  for (const name of promised.snapshot) assert.ok(names.includes(name), `snapshot ${name} is gone`);
}

async function runUntil(calls: number, all: readonly (readonly Request[])[]) {
  const disk = new FailingDisk(calls);
  let story: Story | undefined;
  try {
    const server = await served(disk);
    story = new Story(server, disk);
    await story.run(all);
  } catch (error) {
    if (!disk.failed) throw error;
  }
  return { disk, story };
}

const luckOf = (seed: string): Luck => {
  const random = createRandom(seed);
  const bias = random.fraction();
  return () => random.fraction() < bias;
};

describe('a loss of power with --fsync', () => {
  it('loses no confirmed request and leaves no request half done, at any time', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(bursts, fc.nat(), async (all, seed) => {
        const { disk } = await runUntil(Number.POSITIVE_INFINITY, all);
        for (let calls = 1; calls <= disk.calls; calls += 1) {
          const { disk: cut, story } = await runUntil(calls, all);
          const after = cut.afterCut(luckOf(`${seed} ${calls}`));
          const again = await served(after);
          if (story !== undefined) check(again, story);
          // It goes on, and what it has found outlives the next loss of power.
          const next = new Story(again, after);
          await next.run([['devices']]);
          const last = await served(after.afterCut(() => false));
          if (story !== undefined) check(last, story);
          check(last, next);
        }
      }),
      { numRuns: 5, seed: 41 },
    );
  });

  it('loses nothing that a server restored from a killed one', async () => {
    const disk = new FailingDisk();
    const first = await served(disk);
    const story = new Story(first, disk);
    await story.run([['devices']]);
    const { organization } = first.apple.tenants.default;
    organization.apply({ type: 'terms_expired' });
    first.writer.write();
    // Killed here: written, but not synced to the disk.
    const second = await served(disk);
    assert.equal(second.apple.tenants.default.organization.enrollment.terms, 'expired');
    const third = await served(disk.afterCut(() => false));
    check(third, story);
    assert.equal(third.apple.tenants.default.organization.enrollment.terms, 'expired');
  });
});
