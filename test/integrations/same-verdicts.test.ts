import assert from 'node:assert/strict';
import { mswInChromium } from './in-chromium.ts';
import { commandLine, listen, mswInNode } from './in-node.ts';
import { type ExampleRun, type Integration, type Reports, withoutTimes } from './integration.ts';

interface Case extends ExampleRun {
  readonly title: string;
}

const CASES: readonly Case[] = [
  { title: 'enrollment, a push and the data-sent declaration', scenario: 'first-day' },
  {
    title: 'a profile without an expected field',
    scenario: 'first-day',
    failing: 'the profile contains the support contact',
  },
  {
    title: 'undeclared data',
    scenario: 'first-day',
    failing: 'only declared data is sent',
  },
  { title: 'a connection that a fault closes', scenario: 'incidents/sync-cut-off' },
  { title: 'faults that require a delay', scenario: 'incidents/outage' },
  {
    title: 'faults that require a delay, and retries without one',
    scenario: 'incidents/outage',
    failing: 'waits for the time in Retry-After',
  },
  {
    title: 'a replaced session that is used again',
    scenario: 'incidents/session-rotated',
    failing: 'uses no replaced session token',
  },
  { title: 'an asset of Apps and Books that devices cannot have', scenario: 'incidents/asset-rejected' },
  {
    title: 'a user-only asset assigned to a device',
    scenario: 'incidents/asset-rejected',
    failing: 'assigns no user-only asset to a device',
  },
  { title: 'events that complete as the clock advances', scenario: 'incidents/no-license-left' },
  {
    title: 'pushes with a former push magic',
    scenario: 'incidents/magic-rotated',
  },
];

/** Compared with the command line. */
const OTHERS: readonly Integration[] = [listen, mswInNode, mswInChromium];

const cache = new Map<string, Promise<Reports>>();

/** Runs each case only once per integration. */
function reportsOf(integration: Integration, { scenario, failing }: Case): Promise<Reports> {
  const key = `${integration.name} ${scenario} ${failing}`;
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const reports = integration.run({ scenario, failing }).then(withoutTimes);
  cache.set(key, reports);
  return reports;
}

interface JsonReport {
  readonly status: string;
  readonly suites: readonly {
    readonly verdicts: readonly { readonly name: string; readonly status: string }[];
  }[];
}

describe('the verdict of the command line', () => {
  for (const one of CASES) {
    it(`${one.title}: ${one.failing === undefined ? 'passed' : 'failed'}`, async () => {
      const { json, pretty } = await reportsOf(commandLine, one);
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

for (const integration of OTHERS) {
  describe(`${integration.name} returns the same report as the command line`, () => {
    before(async function () {
      await integration.open?.(this);
    });
    after(() => integration.close?.());

    for (const one of CASES) {
      it(one.title, async () => {
        const expected = await reportsOf(commandLine, one);
        const { json, pretty } = await reportsOf(integration, one);
        assert.equal(pretty, expected.pretty);
        assert.deepEqual(json, expected.json);
      });
    }
  });
}
