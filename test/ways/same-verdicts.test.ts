import assert from 'node:assert/strict';
import { byCommand } from './by-command.ts';
import { byListening } from './by-listening.ts';
import { byMswInChromium } from './by-msw-in-chromium.ts';
import { byMswInNode } from './by-msw-in-node.ts';
import type { Telling, Told, Way } from './telling.ts';
import { timeless } from './timeless.ts';

interface Case extends Telling {
  readonly about: string;
}

const CASES: readonly Case[] = [
  { about: 'enrollment, a push and the data-sent declaration', scenario: 'first-day' },
  {
    about: 'a profile without what was expected',
    scenario: 'first-day',
    failing: 'the profile contains the support contact',
  },
  {
    about: 'data that no row declares',
    scenario: 'first-day',
    failing: 'only declared data is sent',
  },
  { about: 'a connection that a fault breaks', scenario: 'incidents/sync-cut-off' },
  { about: 'faults that ask for patience', scenario: 'incidents/outage' },
  {
    about: 'faults that meet impatience',
    scenario: 'incidents/outage',
    failing: 'waits for the time in Retry-After',
  },
  {
    about: 'a session that was replaced, and is used all the same',
    scenario: 'incidents/session-rotated',
    failing: 'uses no replaced session token',
  },
  { about: 'assets of Apps and Books', scenario: 'incidents/asset-rejected' },
  {
    about: 'an asset that is for people, given to a device',
    scenario: 'incidents/asset-rejected',
    failing: 'assigns no user-only asset to a device',
  },
  { about: 'events that come by the clock', scenario: 'incidents/no-license-left' },
  {
    about: 'pushes to an address of yesterday',
    scenario: 'incidents/magic-rotated',
  },
];

const WAYS: readonly Way[] = [byCommand, byListening, byMswInNode, byMswInChromium];

/** Told once each, however many look at it. */
const told = new Map<string, Promise<Told>>();

function tell(way: Way, { scenario, failing }: Case): Promise<Told> {
  const key = `${way.name} ${scenario} ${failing}`;
  const former = told.get(key);
  if (former !== undefined) return former;
  const telling = way.tell({ scenario, failing }).then(timeless);
  told.set(key, telling);
  return telling;
}

interface JsonReport {
  readonly status: string;
  readonly suites: readonly {
    readonly verdicts: readonly { readonly name: string; readonly status: string }[];
  }[];
}

describe('the command line verifies', () => {
  for (const one of CASES) {
    it(`${one.about}: ${one.failing === undefined ? 'passed' : 'failed'}`, async () => {
      const { json, pretty } = await tell(byCommand, one);
      const { status, suites } = json as JsonReport;
      assert.equal(status, one.failing === undefined ? 'passed' : 'failed', pretty);
      const failed = suites[0]!.verdicts.filter((verdict) => verdict.status === 'failed');
      if (one.failing !== undefined)
        assert.ok(
          failed.some(({ name }) => name === one.failing),
          pretty,
        );
    });
  }
});

for (const way of WAYS.filter((other) => other !== byCommand)) {
  describe(`${way.name} comes to the same verdicts, in the same words`, () => {
    before(async function () {
      await way.open?.(this);
    });
    after(() => way.close?.());

    for (const one of CASES) {
      it(one.about, async () => {
        const expected = await tell(byCommand, one);
        const { json, pretty } = await tell(way, one);
        assert.equal(pretty, expected.pretty);
        assert.deepEqual(json, expected.json);
      });
    }
  });
}
