import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Buckets, drawFromBuckets, takeFromBuckets } from '../../src/engine/faults/buckets.ts';
import type { FaultDefinition, Latency, RateLimit } from '../../src/engine/faults/definition.ts';
import { FaultTable } from '../../src/engine/faults/fault-table.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { pacedBytes } from '../../src/transports/body.ts';
import { organizationOf } from '../organization/organization-of.ts';

const START = Date.parse('2026-03-02T08:00:00Z');

function tableOf(seed: string): FaultTable {
  return tableIn(organizationOf({ seed, clock: { at: START, rate: 0 } }));
}

const tableIn = (organization: Organization): FaultTable => new FaultTable(organization);

/** The table of another organization with the state of the first one, as `--data` restores it. */
async function restored(from: Organization): Promise<FaultTable> {
  const organization = organizationOf({ seed: '7', clock: { at: START, rate: 0 } });
  const saved = structuredClone(from.serialize());
  await organization.prepare(saved);
  organization.restore(saved);
  return tableIn(organization);
}

/** Token buckets that are drawn from as a rate limit does. */
function bucketsOf(limit: RateLimit): (keys: readonly string[], now: number) => number {
  const buckets: Buckets = new Map();
  return (keys, now) => {
    const { wait, uses } = drawFromBuckets(buckets, limit, keys, now);
    takeFromBuckets(buckets, uses);
    return wait;
  };
}

const FAULT_CONTEXT = {
  host: undefined,
  view: () => ({ method: 'GET', path: '/', query: {}, headers: {}, body: undefined }),
};

async function drawn(latency: Latency, count: number, seed = '7'): Promise<readonly number[]> {
  const table = tableOf(seed);
  await table.add({ id: 'f', on: '*', latency });
  return Array.from({ length: count }, () => table.match('request', 'dep.account', FAULT_CONTEXT)!.latency!);
}

describe('latency', () => {
  for (const latency of [
    200,
    { uniform: [50, 2000] },
    { log_normal: { median: 300, sigma: 0.8 } },
  ] as const satisfies readonly Latency[]) {
    it(`${JSON.stringify(latency)} is the same for the same seed`, async () => {
      assert.deepEqual(await drawn(latency, 50), await drawn(latency, 50));
      if (typeof latency !== 'number')
        assert.notDeepEqual(await drawn(latency, 50), await drawn(latency, 50, '8'));
    });
  }

  it('uniform stays between its ends, and comes near both', async () => {
    const all = await drawn({ uniform: [50, 2000] }, 2000);
    assert.ok(all.every((time) => Number.isInteger(time) && time >= 50 && time <= 2000));
    assert.ok(Math.min(...all) < 100 && Math.max(...all) > 1950);
  });

  it('log-normal has its median, and as much below a half of it as above the double at the same sigma', async () => {
    const all = [...(await drawn({ log_normal: { median: 300, sigma: Math.LN2 } }, 4000))].sort(
      (a, b) => a - b,
    );
    assert.ok(Math.abs(all[2000]! - 300) < 20, String(all[2000]));
    const share = (test: (time: number) => boolean): number => all.filter(test).length / all.length;
    // One sigma to either side of a normal distribution: 15.9 %.
    assert.ok(Math.abs(share((time) => time < 150) - 0.159) < 0.025);
    assert.ok(Math.abs(share((time) => time > 600) - 0.159) < 0.025);
  });

  it('continues after a restore with the same random numbers', async () => {
    const latency = { uniform: [0, 1_000_000] } as const;
    const all = await drawn(latency, 20);
    const organization = organizationOf({ seed: '7', clock: { at: START, rate: 0 } });
    const table = tableIn(organization);
    await table.add({ id: 'f', on: '*', latency });
    for (let count = 0; count < 10; count += 1) table.match('request', 'dep.account', FAULT_CONTEXT);
    const other = await restored(organization);
    const rest = Array.from(
      { length: 10 },
      () => other.match('request', 'dep.account', FAULT_CONTEXT)!.latency!,
    );
    assert.deepEqual(rest, all.slice(10));
  });
});

describe('rate limits', () => {
  it('never pass more requests than the bucket holds and refills', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 }),
        (requests, per, pauses) => {
          const take = bucketsOf({ requests, per, by: 'credential' });
          const passed: number[] = [];
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            if (take(['one'], now) === 0) passed.push(now);
          }
          for (const [first, from] of passed.entries()) {
            const count = passed.length - first;
            const span = passed.at(-1)! - from;
            assert.ok(count <= requests + (span * requests) / per + 0.001, `${count} in ${span} ms`);
          }
        },
      ),
    );
  });

  it('return a wait after which the request passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000 }), (requests, per) => {
        const take = bucketsOf({ requests, per, by: 'credential' });
        for (let count = 0; count < requests; count += 1) assert.equal(take(['one'], 0), 0);
        const wait = take(['one'], 0);
        assert.ok(wait > 0);
        assert.equal(take(['one'], wait), 0);
      }),
    );
  });

  it('are counted separately per key; a request with several keys takes from all buckets or from none', () => {
    const take = bucketsOf({ requests: 1, per: 1000, by: 'device' });
    assert.equal(take(['one'], 0), 0);
    assert.equal(take(['one', 'two'], 0), 1000);
    assert.equal(take(['two'], 0), 0);
  });

  it('keep their buckets across a restore', async () => {
    const definition: FaultDefinition = {
      on: '*',
      rateLimit: { requests: 1, per: 60_000, by: 'credential' },
    };
    const organization = organizationOf({ seed: '7', clock: { at: START, rate: 0 } });
    const table = tableIn(organization);
    await table.add(definition);
    const context = { ...FAULT_CONTEXT, rateLimitKeys: () => ['one'] };
    assert.equal(table.match('request', 'dep.account', context), undefined);
    const other = await restored(organization);
    assert.equal(other.match('request', 'dep.account', context)?.retryAfter, 60);
  });
});

describe('bytes at a pace', () => {
  it('arrive in pieces, complete and in order', async () => {
    const pieces: number[] = [];
    const bytes = Uint8Array.from({ length: 60 }, (_, index) => index);
    let count = 0;
    for await (const piece of pacedBytes(bytes, 400)) {
      pieces.push(...piece);
      count += 1;
    }
    assert.deepEqual(pieces, [...bytes]);
    assert.equal(count, 3);
  });

  it('end when the reader stops during a wait', async () => {
    const source = pacedBytes(new Uint8Array(10), 1);
    const waiting = source.next();
    await source.return!();
    assert.equal((await waiting).done, true);
    assert.equal((await source.next()).done, true);
  });
});
