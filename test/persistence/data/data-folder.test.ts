import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DataError } from '../../../src/persistence/data/disk.ts';
import { DataFolder } from '../../../src/persistence/data/folder.ts';
import { type Step, steps } from '../traffic.ts';
import { TemporaryDataFolder } from './temporary-data-folder.ts';

const OPEN: Step = { do: 'session', one: 0, other: 0 };

describe('a data folder', () => {
  it('restores the state of the last response, byte for byte', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(steps(80), steps(40), async (before, after) => {
        using folder = new TemporaryDataFolder();
        const first = await folder.serve();
        for (const step of [OPEN, ...before]) {
          await first.traffic.step(step);
          first.writer.write();
        }
        // Nothing is closed: a killed process closes nothing either.
        const second = await folder.serve();
        second.traffic.memory = structuredClone(first.traffic.memory);
        assert.deepEqual(await second.traffic.run(after), await first.traffic.run(after));
        assert.deepEqual(folder.notices, []);
        await second.writer.close();
      }),
      { numRuns: 40, seed: 21 },
    );
  });

  it('restores organizations that were reset, restored, removed and added', async () => {
    using folder = new TemporaryDataFolder();
    const { traffic, writer } = await folder.serve();
    const { apple, tenant } = traffic;
    await traffic.run([OPEN, { do: 'add', one: 0, other: 0 }]);
    apple.snapshot('one-added');
    await traffic.run([{ do: 'add', one: 0, other: 0 }]);
    apple.snapshot('two-added');
    await apple.restore('one-added');
    await apple.addScenario({ name: 'Second', devices: [{ serial_number: 'SECOND1' }] });
    await apple.addScenario({ name: 'Third' });
    apple.tenants.remove('third');
    writer.write();

    const again = (await folder.serve()).traffic.apple;
    assert.deepEqual(
      again.tenants.all.map(({ id }) => id),
      [tenant.id, 'second'],
    );
    const found = (serial: string) => again.tenants.default.organization.enrollment.inventory.find(serial);
    assert.notEqual(found('NAMED1'), undefined);
    assert.equal(found('NAMED2'), undefined);
    assert.deepEqual(again.snapshotsOf(again.tenants.default).names, ['one-added', 'two-added']);
    await again.restore('two-added');
    assert.notEqual(found('NAMED2'), undefined);
    again.reset(again.tenants.default);
    assert.equal(found('NAMED1'), undefined);
  });

  it('continues with the clock that ran meanwhile', async () => {
    using folder = new TemporaryDataFolder();
    const { traffic, writer } = await folder.serve({ name: 'Running', clock: '2026-03-02T08:00:00Z' });
    traffic.tenant.organization.runtime.clock.set({ at: Date.parse('2026-05-01T00:00:00Z'), rate: 60 });
    writer.write();
    const { clock } = (await folder.serve()).traffic.tenant.organization.runtime;
    assert.equal(clock.now(), Date.parse('2026-05-01T00:00:00Z'));
    assert.equal(clock.at(clock.wallNow() + 1000), Date.parse('2026-05-01T00:01:00Z'));
  });

  it('can be read by its owner only', async () => {
    using folder = new TemporaryDataFolder();
    await folder.serve();
    assert.equal(statSync(folder.file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder.path, 'organizations')).mode & 0o777, 0o700);
  });

  it('is started again when it has grown, with the same state', async () => {
    using folder = new TemporaryDataFolder();
    const { traffic, writer } = await folder.serve();
    const before = statSync(folder.file).size;
    const filler = 'x'.repeat(100_000);
    for (let count = 0; count < 100; count += 1) {
      const { organization } = traffic.tenant;
      organization.apply({
        type: 'account_driven_profile_set',
        url: `https://acme.example/${filler}${count}`,
      });
      writer.write();
    }
    assert.ok(statSync(folder.file).size < before + 4_000_000);
    const { enrollment } = (await folder.serve()).traffic.tenant.organization;
    assert.ok(enrollment.accountDriven!.url.endsWith('x99'));
  });
});

describe('a data file', () => {
  /** Three changes, each in an entry of its own, and where each of them ends. */
  async function written(folder: TemporaryDataFolder): Promise<{ bytes: Buffer; ends: number[] }> {
    const { traffic, writer } = await folder.serve();
    const ends = [statSync(folder.file).size];
    for (let count = 0; count < 3; count += 1) {
      await traffic.step({ do: 'add', one: 0, other: 0 });
      writer.write();
      ends.push(statSync(folder.file).size);
    }
    return { bytes: readFileSync(folder.file), ends };
  }

  async function named(folder: TemporaryDataFolder): Promise<number> {
    const { inventory } = (await folder.serve()).traffic.tenant.organization.enrollment;
    return ['NAMED1', 'NAMED2', 'NAMED3'].filter((serial) => inventory.find(serial) !== undefined).length;
  }

  it('that ends within an entry has all entries before it, and reports what was cut', async () => {
    using folder = new TemporaryDataFolder();
    const { bytes, ends } = await written(folder);
    for (let cut = ends[0]!; cut < bytes.length; cut += 7) {
      folder.notices.length = 0;
      writeFileSync(folder.file, bytes.subarray(0, cut));
      const whole = ends.findLastIndex((end) => end <= cut);
      assert.equal(await named(folder), whole, `cut at ${cut}`);
      assert.equal(folder.notices.length, ends.includes(cut) ? 0 : 1);
      assert.equal(statSync(folder.file).size, ends[whole]);
    }
  });

  it('whose last entry is incomplete loses only that entry', async () => {
    using folder = new TemporaryDataFolder();
    const { bytes } = await written(folder);
    writeFileSync(folder.file, Buffer.concat([bytes.subarray(0, -20), Buffer.alloc(20)]));
    assert.equal(await named(folder), 2);
    assert.match(folder.notices[0]!, /of an unfinished entry; they were moved to/);
  });

  it('that ends with zeros, as a disk may leave it, has everything before them', async () => {
    using folder = new TemporaryDataFolder();
    const { bytes } = await written(folder);
    writeFileSync(folder.file, Buffer.concat([bytes, Buffer.alloc(4096)]));
    assert.equal(await named(folder), 3);
    assert.match(folder.notices[0]!, /of an unfinished entry; they were moved to/);
  });

  const INVALID: readonly [string, (bytes: Buffer, ends: readonly number[]) => Buffer, RegExp][] = [
    [
      'altered in the middle',
      (bytes, ends) => patched(bytes, ends[1]! + 30),
      /was altered: byte \d+ is not as it was written/,
    ],
    ['altered in the length of an entry', (bytes, ends) => patched(bytes, ends[1]!), /was altered/],
    [
      'altered in the length of an entry by far',
      (bytes, ends) => patched(bytes, ends[1]! + 3),
      /was altered/,
    ],
    ['altered in the checksum of an entry', (bytes, ends) => patched(bytes, ends[1]! + 17), /was altered/],
    [
      'with an entry that is zeros now',
      (bytes, ends) => Buffer.from(bytes).fill(0, ends[1], ends[2]),
      /was altered/,
    ],
    [
      'without bytes in the middle',
      (bytes, ends) => Buffer.concat([bytes.subarray(0, ends[1]), bytes.subarray(ends[1]! + 5)]),
      /was altered/,
    ],
    ['altered at its start', (bytes) => patched(bytes, 100), /was altered/],
    ['of something else', () => Buffer.from('name: a scenario\n'), /was not written by Crabapple/],
    ['empty', () => Buffer.alloc(0), /was not written by Crabapple/],
    ['of another version', (bytes) => patched(bytes, 15), /another version/],
    ['without a complete base', (bytes) => bytes.subarray(0, 200), /has no complete base/],
  ];

  for (const [what, alter, why] of INVALID) {
    it(`${what} is rejected with a clear message, and left unchanged`, async () => {
      using folder = new TemporaryDataFolder();
      const { bytes, ends } = await written(folder);
      const altered = alter(bytes, ends);
      writeFileSync(folder.file, altered);
      await assert.rejects(folder.serve(), (error) => {
        assert.ok(error instanceof DataError);
        assert.match(error.message, why);
        return true;
      });
      assert.ok(readFileSync(folder.file).equals(altered));
    });
  }
});

const patched = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 0x55;
  return copy;
};

describe('the data folder', () => {
  it('with other files is rejected', () => {
    using folder = new TemporaryDataFolder();
    writeFileSync(join(folder.path, 'thesis.txt'), 'years of work');
    assert.throws(() => folder.open(), /has files in it that are not Crabapple's/);
  });

  for (const [what, path, why] of [
    ['in /proc', '/proc/kept/here', /\/proc\/kept cannot be created: ENOENT/],
    ['of the name of a file', import.meta.filename, /is a file, not a folder/],
    ['below a file', `${import.meta.filename}/kept`, /cannot be used: ENOTDIR/],
  ] as const) {
    it(`${what} is rejected immediately`, () => {
      assert.throws(
        () => new DataFolder(path, { version: '1.2.3' }),
        (error) => error instanceof DataError && why.test(error.message),
      );
    });
  }

  it('of another format is rejected', () => {
    using folder = new TemporaryDataFolder();
    writeFileSync(join(folder.path, 'crabapple.json'), '{"format": 3}');
    assert.throws(
      () => folder.open(),
      /says format 3 of another version of Crabapple; this version writes 2/,
    );
    writeFileSync(join(folder.path, 'crabapple.json'), '{"format": 1, "version": "0.1.0"}');
    assert.throws(
      () => folder.open(),
      (error) =>
        error instanceof DataError &&
        /says format 1 of Crabapple 0\.1; this version writes 2/.test(error.message) &&
        /serve the folder with the version that wrote it/.test(error.hint),
    );
    writeFileSync(join(folder.path, 'crabapple.json'), '{');
    assert.throws(() => folder.open(), /cannot be read/);
  });

  it('that another process uses is rejected; the lock of a process that ended is ignored', () => {
    using folder = new TemporaryDataFolder();
    mkdirSync(join(folder.path, 'organizations'));
    const lock = join(folder.path, 'lock');
    // The parent process runs, and is not this process.
    writeFileSync(lock, JSON.stringify({ pid: process.ppid }));
    assert.throws(() => folder.open(), new RegExp(`another server has this folder: process ${process.ppid}`));
    for (const stale of ['{"pid": 4194305}', '', 'rubbish']) {
      writeFileSync(lock, stale);
      folder.open().close();
    }
  });
});
