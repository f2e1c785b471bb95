import assert from 'node:assert/strict';
import { OnDemand } from '../../src/core/on-demand.ts';
import { Engine } from '../../src/engine/engine.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { TABLES } from '../../src/services/index.ts';
import type { Service, ServiceTable } from '../../src/services/operation.ts';
import { requestOf } from '../dep/asking.ts';

/** An engine whose services come when they are let through. */
async function exchangeOf(through: (load: () => Promise<Service>) => Promise<Service>): Promise<Engine> {
  const tables = TABLES.map(
    (table): ServiceTable => ({ ...table, service: new OnDemand(() => through(() => table.service.load())) }),
  );
  const engine = new Engine({ tables });
  await engine.tenants.add((await loadScenario('scenario', { name: 'test' })).scenario);
  return engine;
}

describe('what answers for a service comes with its first call', () => {
  it('that call waits, the next is answered at once', async () => {
    const engine = await exchangeOf((load) => load());
    const first = engine.handle(requestOf('GET', '/account'));
    assert.ok(first instanceof Promise);
    const { kind } = await first;
    assert.equal(kind, 'response');
    assert.ok(!(engine.handle(requestOf('GET', '/account')) instanceof Promise));
  });

  it('no other service comes with it', async () => {
    let loaded = 0;
    const engine = await exchangeOf((load) => {
      loaded += 1;
      return load();
    });
    await engine.handle(requestOf('GET', '/account'));
    await engine.handle(requestOf('GET', '/session'));
    assert.equal(loaded, 1);
  });

  it('those that wait are answered in the order in which they came, before any that comes later', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const engine = await exchangeOf(async (load) => {
      await gate;
      return load();
    });
    const paths = ['/account', '/session', '/profile', '/os-beta-enrollment/tokens'];
    const waiting = paths.map((path) => engine.handle(requestOf('GET', path)));
    open();
    // Asks again with every turn until it is answered at once.
    let late = engine.handle(requestOf('GET', '/device/replacementDetails'));
    while (late instanceof Promise) {
      await Promise.race([late, Promise.resolve()]);
      late = engine.handle(requestOf('GET', '/device/replacementDetails'));
    }
    await Promise.all(waiting);
    const order = [...engine.journal.entries('test')].map(({ request: { path } }) => path);
    assert.deepEqual(order.slice(0, paths.length), paths);
  });

  it('one that meets no operation needs all of them, to know by any credential whose it is', async () => {
    const engine = await exchangeOf((load) => load());
    const outcome = await engine.handle(requestOf('GET', '/nowhere'));
    assert.ok(outcome.kind === 'response' && outcome.status === 404);
    assert.ok(engine.tables.every(({ service }) => service.value !== undefined));
  });

  it('where it cannot be loaded the answer says so, and the next call tries again', async () => {
    let online = false;
    const engine = await exchangeOf((load) => (online ? load() : Promise.reject(new Error('offline'))));
    const outcome = await engine.handle(requestOf('GET', '/account'));
    assert.ok(outcome.kind === 'response');
    assert.equal(outcome.status, 500);
    assert.match(outcome.headers['x-crabapple-why'] ?? '', /could not be loaded: offline/);
    online = true;
    const again = await engine.handle(requestOf('GET', '/account'));
    assert.ok(again.kind === 'response' && again.status !== 500);
  });
});
