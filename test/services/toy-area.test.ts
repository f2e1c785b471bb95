import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { appleOf, type Crabapple } from '../../src/api/apple.ts';
import { ActionError } from '../../src/organization/area.ts';
import { DataFolder } from '../../src/persistence/data/folder.ts';
import { restoreData } from '../../src/persistence/data/restore.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { type CrabappleServer, listen } from '../../src/server.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { problemsOf, SCENARIO, Toy } from './toy.ts';
import { DAY, type WarrantyState, warrantyArea } from './toy-area.ts';

const WARRANTY = {
  devices: [{ serial_number: 'WARR1' }, { serial_number: 'WARR2' }],
  warranty: { most_plans: 2, plans: { p1: { level: 'gold', seats: 4 } } },
};

const start = (id: string, serial_number: string) => ({ start_warranty: { id, serial_number } });

const stateOf = (apple: SimulatedApple): WarrantyState =>
  apple.tenants.default.organization.read(warrantyArea);

const plain = (apple: SimulatedApple): unknown => {
  const { mostPlans: _, changes: __, ...state } = stateOf(apple);
  return structuredClone(state);
};

/** The API with the portal methods of the toy service, which its types cannot know. */
type ToyApi = Crabapple & {
  readonly startWarranty: (argument: unknown) => Promise<{ readonly changes: number }>;
};

const apiOf = ({ apple }: Toy): ToyApi => appleOf(apple) as ToyApi;

async function startWarranty(toy: Toy, id: string, serialNumber: string): Promise<void> {
  await apiOf(toy).startWarranty(start(id, serialNumber).start_warranty);
}

function advance({ apple }: Toy, duration: number): void {
  const { organization } = apple.tenants.default;
  organization.runtime.clock.advance(duration);
  organization.runDueTasks();
}

/** What the service returns for the current state: a request that changes nothing. */
async function responsesOf(toy: Toy): Promise<readonly unknown[]> {
  const plans = [...stateOf(toy.apple).plans.keys()];
  return Promise.all(
    plans.map(async (id) => (await toy.call('PATCH', `/v9/plans/${id}`, '{"data":{}}')).body.data),
  );
}

async function served(
  work: (post: (action: unknown) => Promise<Response>, server: CrabappleServer) => Promise<void>,
  toy: Toy,
): Promise<void> {
  const server = await listen(appleOf(toy.apple), { port: 0 });
  const post = (action: unknown): Promise<Response> =>
    fetch(`${server.url}/_crabapple/actions`, { method: 'POST', body: JSON.stringify(action) });
  try {
    await work(post, server);
  } finally {
    await server.close();
  }
}

describe('the area of a service registered from outside of src: scenario', () => {
  it('reads its section', async () => {
    const toy = await Toy.of(WARRANTY);
    assert.equal(stateOf(toy.apple).mostPlans, 2);
    assert.deepEqual((await toy.plan({})).body.data.attributes, { level: 'gold', seats: 4, devices: 0 });
  });

  it('reports the position of a wrong value in its section', async () => {
    const wrong = stringify({ ...SCENARIO, ...WARRANTY, warranty: { most_plans: 'many', plans: {} } });
    await assert.rejects(Toy.of(wrong), (error) => {
      assert.ok(error instanceof ScenarioError);
      assert.deepEqual([error.problems[0]?.line, error.problems[0]?.column], [9, 15]);
      return true;
    });
  });

  it('suggests the nearest member of its section', async () => {
    const warranty = { most_plan: 2, plans: {} };
    assert.match(await problemsOf(Toy.of({ warranty })), /did you mean `?most_plans/);
  });

  it('is part of the JSON schema of scenarios, with its portal action', async () => {
    const { engine } = (await Toy.of()).apple;
    const text = JSON.stringify(await scenarioJsonSchema(engine.catalog));
    for (const word of ['most_plans', 'start_warranty', 'warranty_ended'])
      assert.ok(text.includes(word), word);
  });

  it('is unknown without the service', async () => {
    assert.match(await problemsOf(simulateApple({ ...SCENARIO, ...WARRANTY })), /warranty/);
  });
});

describe('the area of a service registered from outside of src: changes', () => {
  it('is changed by an operation', async () => {
    const toy = await Toy.of(WARRANTY);
    await toy.call('PATCH', '/v9/plans/p2', '{"data":{"attributes":{"level":"silver"}}}');
    assert.deepEqual(stateOf(toy.apple).plans.get('p2'), { id: 'p2', level: 'silver', seats: 1 });
    const third = await toy.call('PATCH', '/v9/plans/p3', '{"data":{}}');
    assert.deepEqual([third.status, third.body.errors[0].code], [422, 'TOO_MANY_PLANS']);
  });

  it('is changed by a portal action, which plans another change', async () => {
    const toy = await Toy.of(WARRANTY);
    await startWarranty(toy, 'first', 'WARR1');
    assert.equal(stateOf(toy.apple).coverages.get('first')?.until, Number.POSITIVE_INFINITY);
    await assert.rejects(startWarranty(toy, 'x', 'NONE'), ActionError);
    assert.match(await problemsOf(apiOf(toy).startWarranty({ id: 7 })), /serial_number/);
    advance(toy, DAY);
    assert.equal(stateOf(toy.apple).coverages.get('first')?.note, 'ended');
  });

  it('is changed by POST /_crabapple/actions, which OpenAPI describes', async () => {
    const toy = await Toy.of(WARRANTY);
    await served(async (post, { url }) => {
      const done = await post(start('first', 'WARR2'));
      assert.deepEqual([done.status, await done.json()], [200, { done: true, changes: 1 }]);
      assert.ok(stateOf(toy.apple).coverages.has('first'));
      const wrong = await post({ start_warranty: { id: 7, serial_number: 'WARR2' } });
      assert.deepEqual([wrong.status, (await wrong.json()).problems[0].path], [400, 'start_warranty.id']);
      const impossible = await post(start('second', 'NONE'));
      assert.equal((await impossible.json()).error, 'no such device');
      const document = await (await fetch(`${url}/_crabapple/openapi.json`)).json();
      const { schema } = document.paths['/_crabapple/actions'].post.requestBody.content['application/json'];
      assert.match(JSON.stringify(schema), /"start_warranty":\{/);
    }, toy);
  });

  it('is changed by the timeline', async () => {
    const timeline = [
      { after: '1h', ...start('timed', 'WARR1') },
      { after: { operation: 'warranty.plan.update' }, ...start('requested', 'WARR2') },
    ];
    const toy = await Toy.of({ ...WARRANTY, timeline });
    await toy.plan({});
    assert.deepEqual([...stateOf(toy.apple).coverages.keys()], ['requested']);
    advance(toy, DAY / 24);
    assert.deepEqual([...stateOf(toy.apple).coverages.keys()], ['requested', 'timed']);
    await apiOf(toy).timeline.add({ after: '1h', ...start('added', 'WARR1') } as never);
    advance(toy, DAY / 24);
    assert.ok(stateOf(toy.apple).coverages.has('added'));
    assert.match(
      await problemsOf(Toy.of({ ...WARRANTY, timeline: [{ after: '1h', start_waranty: {} }] })),
      /did you mean `?start_warranty/,
    );
  });
});

/** A toy whose area differs from its initial state in every member. */
async function changed(): Promise<Toy> {
  const toy = await Toy.of(WARRANTY);
  await toy.call('PATCH', '/v9/plans/p2', '{"data":{"attributes":{"level":"silver"}}}');
  await startWarranty(toy, 'first', 'WARR2');
  return toy;
}

describe('the area of a service registered from outside of src: stored states', () => {
  it('is reset, and restored from a snapshot', async () => {
    const initial = plain((await Toy.of(WARRANTY)).apple);
    const toy = await changed();
    const state = plain(toy.apple);
    const responses = await responsesOf(toy);
    toy.apple.snapshot('changed');
    toy.apple.reset(toy.apple.tenants.default);
    assert.deepEqual(plain(toy.apple), initial);
    await toy.apple.restore('changed');
    assert.deepEqual(plain(toy.apple), state);
    assert.deepEqual(await responsesOf(toy), responses);
    advance(toy, DAY);
    assert.equal(stateOf(toy.apple).open, false);
  });

  it('is exported with serial numbers in place of references, and read from the export', async () => {
    const toy = await changed();
    const file = await toy.apple.exportSnapshot(toy.apple.snapshot());
    const { warranty, planned } = parse(file).state;
    assert.deepEqual(warranty, {
      plans: [
        { id: 'p1', level: 'gold', seats: 4 },
        { id: 'p2', level: 'silver', seats: 1 },
      ],
      coverages: [{ id: 'first', device: 'WARR2', since: '2026-03-02T08:00:00.000Z' }],
      open: true,
      color: 'blue',
      tags: ['new', 'first'],
      seen: [['first', '2026-03-02T08:00:00.000Z']],
      counts: { started: 1 },
      latest: ['first', 1],
    });
    assert.deepEqual(planned, [
      { at: '2026-03-03T08:00:00.000Z', change: { warranty_ended: { id: 'first' } } },
    ]);
    const again = await Toy.of(file);
    assert.deepEqual(plain(again.apple), plain(toy.apple));
    assert.deepEqual(await responsesOf(again), await responsesOf(toy));
    advance(again, DAY);
    assert.equal(stateOf(again.apple).open, false);
  });

  it('is restored from a data folder', async () => {
    const path = mkdtempSync(join(tmpdir(), 'crabapple-area-'));
    const opened = async () => {
      const toy = new Toy();
      const folder = new DataFolder(path, { version: '1.2.3' });
      const { writer, organizations } = await restoreData(toy.apple, folder);
      return { toy, writer, organizations };
    };
    try {
      const first = await opened();
      await first.toy.apple.addScenario({ ...SCENARIO, ...WARRANTY }, { default: true });
      first.writer.write();
      await first.toy.call('PATCH', '/v9/plans/p2', '{"data":{"attributes":{"level":"silver"}}}');
      await startWarranty(first.toy, 'first', 'WARR1');
      const responses = await responsesOf(first.toy);
      await first.writer.close();

      const second = await opened();
      assert.equal(second.organizations.length, 1);
      assert.deepEqual(plain(second.toy.apple), plain(first.toy.apple));
      assert.deepEqual(await responsesOf(second.toy), responses);
      advance(second.toy, DAY);
      assert.equal(stateOf(second.toy.apple).open, false);
      await second.writer.close();
    } finally {
      rmSync(path, { recursive: true });
    }
  });

  it('reports the position of a value in `state:` that does not fit', async () => {
    const file = `name: Wrong
state:
  warranty:
    coverages: [{ id: a, device: NONE1, since: 2026-03-02 }]
`;
    await assert.rejects(Toy.of(file), (error) => {
      assert.ok(error instanceof ScenarioError);
      const [problem] = error.problems;
      assert.match(problem!.message, /no device has the serial number NONE1/);
      assert.equal(problem!.line, 4);
      return true;
    });
  });
});
