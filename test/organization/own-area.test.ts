import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Action, performAction } from '../../src/organization/actions.ts';
import { ActionError, type AreaOf, area } from '../../src/organization/area.ts';
import {
  about,
  anyText,
  choice,
  count,
  deadline,
  device,
  fixed,
  flag,
  index,
  instant,
  type Members,
  mapping,
  optional,
  pairs,
  record,
  set,
  text,
  transient,
  tuple,
} from '../../src/organization/members.ts';
import { DataFolder } from '../../src/persistence/data/folder.ts';
import { restoreData } from '../../src/persistence/data/restore.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';

interface Loan {
  readonly id: string;
  readonly device: number;
  readonly since: number;
  until: number;
  note: string | undefined;
}

interface LoanState {
  readonly largest: number;
  open: boolean;
  color: 'red' | 'blue';
  readonly loans: Map<string, Loan>;
  readonly tags: Set<string>;
  readonly seen: Map<string, number>;
  readonly counts: Map<string, number>;
  pair: readonly [string, number];
  changes: number;
}

type LoanChange =
  | { readonly type: 'loan_made'; readonly id: string; readonly device: number }
  | { readonly type: 'loan_ended'; readonly id: string };

declare module '../../src/organization/change.ts' {
  interface AreaChanges {
    readonly loans: LoanChange;
  }
}

/** The static union of actions covers Apple's services alone. */
const lend = (id: string, serial_number: string): Action =>
  ({ lend: { id, serial_number } }) as unknown as Action;

const DAY = 24 * 60 * 60 * 1000;

/** An area from outside of `src`, with a member of nearly every kind. */
const loans: AreaOf<LoanState> = area<LoanState, LoanChange, LoanState>({
  name: 'loans',
  about: 'devices on loan',
  scenario: record({ largest: count }),
  members: {
    largest: fixed,
    open: flag,
    color: choice(['red', 'blue']),
    loans: about(
      'current loans',
      index(
        'id',
        record({
          id: text,
          device,
          since: instant,
          until: deadline,
          note: optional(anyText),
        } satisfies Members<Loan>),
      ),
    ),
    tags: set(text),
    seen: pairs(text, instant),
    counts: mapping(count),
    pair: tuple(text, count),
    changes: transient,
  },
  initialize: ({ sections }) => ({
    largest: (sections.loans as { largest: number } | undefined)?.largest ?? 1,
    open: true,
    color: 'red',
    loans: new Map(),
    tags: new Set(['new']),
    seen: new Map(),
    counts: new Map(),
    pair: ['none', 0],
    changes: 0,
  }),
  reducers: {
    loan_made: ({ state, at, plan }, { id, device: ref }) => {
      state.loans.set(id, { id, device: ref, since: at, until: Number.POSITIVE_INFINITY, note: undefined });
      state.seen.set(id, at);
      state.counts.set('made', (state.counts.get('made') ?? 0) + 1);
      state.tags.add(id);
      state.pair = [id, state.loans.size];
      state.color = 'blue';
      state.changes += 1;
      plan(at + DAY, { type: 'loan_ended', id });
    },
    loan_ended: ({ state, at }, { id }) => {
      const loan = state.loans.get(id);
      if (loan !== undefined) Object.assign(loan, { until: at, note: 'ended' });
      state.open = false;
    },
  },
  plannable: { loan_ended: { members: { id: text } } },
  actions: {
    lend(organization, { id, serial_number }: { id: string; serial_number: string }) {
      const ref = organization.enrollment.inventory.find(serial_number);
      if (ref === undefined) throw new ActionError('no such device', 'name another one');
      return [{ type: 'loan_made', id, device: ref }];
    },
  },
});

const SCENARIO = {
  name: 'Loans',
  clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
  devices: [{ serial_number: 'LEND1' }, { serial_number: 'LEND2' }],
  loans: { largest: 5 },
};

async function served(scenario: string | object) {
  const apple = new SimulatedApple({ areas: [loans] });
  const { organization } = await apple.addScenario(scenario);
  return { apple, organization, state: () => organization.read(loans) };
}

const plain = ({ largest: _, changes: __, ...state }: LoanState): unknown => structuredClone(state);

describe('an area from outside of src', () => {
  it('has a scenario section, whose form is checked with its position', async () => {
    assert.equal((await served(SCENARIO)).state().largest, 5);
    const wrong = stringify({ ...SCENARIO, loans: { largest: 'many' } });
    await assert.rejects(served(wrong), (error) => {
      assert.ok(error instanceof ScenarioError);
      assert.deepEqual([error.problems[0]?.line, error.problems[0]?.column], [9, 12]);
      return true;
    });
  });

  it('has a portal action, changes and planned changes', async () => {
    const { organization, state } = await served(SCENARIO);
    performAction(organization, lend('first', 'LEND1'));
    assert.equal(state().loans.get('first')?.until, Number.POSITIVE_INFINITY);
    assert.throws(() => performAction(organization, lend('x', 'NONE')), ActionError);
    organization.runtime.clock.advance(DAY);
    organization.runDueTasks();
    assert.equal(state().loans.get('first')?.note, 'ended');
  });

  it('is restored from a snapshot', async () => {
    const { apple, organization, state } = await served(SCENARIO);
    const initial = plain(state());
    performAction(organization, lend('first', 'LEND1'));
    const lent = plain(state());
    apple.snapshot('lent');
    apple.reset(apple.tenants.default);
    assert.deepEqual(plain(state()), initial);
    await apple.restore('lent');
    assert.deepEqual(plain(state()), lent);
    organization.runtime.clock.advance(DAY);
    organization.runDueTasks();
    assert.equal(state().open, false);
  });

  it('is exported with names in place of numbers, and read from the export', async () => {
    const { apple, organization, state } = await served(SCENARIO);
    performAction(organization, lend('first', 'LEND2'));
    const file = await apple.exportSnapshot(apple.snapshot());
    const { loans: section, planned } = parse(file).state;
    assert.deepEqual(section, {
      open: true,
      color: 'blue',
      loans: [{ id: 'first', device: 'LEND2', since: '2026-03-02T08:00:00.000Z' }],
      tags: ['new', 'first'],
      seen: [['first', '2026-03-02T08:00:00.000Z']],
      counts: { made: 1 },
      pair: ['first', 1],
    });
    assert.deepEqual(planned, [{ at: '2026-03-03T08:00:00.000Z', change: { loan_ended: { id: 'first' } } }]);
    const again = await served(file);
    assert.deepEqual(plain(again.state()), plain(state()));
    again.organization.runtime.clock.advance(DAY);
    again.organization.runDueTasks();
    assert.equal(again.state().open, false);
  });

  it('is restored from a data folder', async () => {
    const path = mkdtempSync(join(tmpdir(), 'crabapple-area-'));
    const start = async () => {
      const apple = new SimulatedApple({ areas: [loans] });
      const { writer, organizations } = await restoreData(apple, new DataFolder(path, { version: '1.2.3' }));
      return { apple, writer, organizations };
    };
    try {
      const first = await start();
      const { organization } = await first.apple.addScenario(SCENARIO);
      first.writer.write();
      performAction(organization, lend('first', 'LEND1'));
      await first.writer.close();

      const second = await start();
      assert.equal(second.organizations.length, 1);
      const restored = second.apple.tenants.default.organization;
      assert.deepEqual(plain(restored.read(loans)), plain(organization.read(loans)));
      restored.runtime.clock.advance(DAY);
      restored.runDueTasks();
      assert.equal(restored.read(loans).open, false);
      await second.writer.close();
    } finally {
      rmSync(path, { recursive: true });
    }
  });

  it('reports the position of a value in `state:` that does not fit', async () => {
    const file = `name: Wrong\nstate:\n  loans:\n    loans: [{ id: a, device: NONE1, since: 2026-03-02 }]\n`;
    await assert.rejects(served(file), (error) => {
      assert.ok(error instanceof ScenarioError);
      const [problem] = error.problems;
      assert.match(problem!.message, /no device has the serial number NONE1/);
      assert.equal(problem!.line, 4);
      return true;
    });
  });
});

describe('an export of Crabapple 0.1', () => {
  it('is rejected with a hint what to do', async () => {
    const file = 'name: Old\nstate:\n  begun: { at: 2026-03-02, wall_at: 2026-03-02 }\n  changes: 3\n';
    await assert.rejects(served(file), (error) => {
      assert.ok(error instanceof ScenarioError);
      const [problem] = error.problems;
      assert.match(problem!.message, /was exported by Crabapple 0\.1/);
      assert.match(problem!.hint ?? '', /remove `state:`/);
      return true;
    });
  });
});
