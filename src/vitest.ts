import './scenario/load.ts';
import { test as base, type TestAPI, type TestContext } from 'vitest';
import type { Scenario } from './scenario/generated/scenario-types.ts';
import {
  AppleFixture,
  type AppleInTest,
  type FixtureOptions,
  type ScenarioOfTest,
  type TestName,
} from './testing/fixture.ts';
import { VerdictError } from './testing/verdict-error.ts';
import type { Report } from './verify/report/report.ts';

export type { AppleInTest, FixtureOptions, ScenarioOfTest } from './testing/fixture.ts';
export { VerdictError } from './testing/verdict-error.ts';

/**
 * Vitest accepts values and functions as fixtures and distinguishes them by their type. A scenario and a function both
 * have a `name`.
 */
type NotFunction = { readonly apply?: never };

/** Members of the test context. */
export interface AppleFixtures {
  /** The simulated Apple with an organization for this test. */
  apple: AppleInTest;
  /** The scenario of the organization; `test.override({ scenario })` sets it for a suite. */
  scenario: Exclude<ScenarioOfTest, Scenario> | (Scenario & NotFunction) | undefined;
}

function nameOf({ file, name, suite }: TestContext['task']): TestName {
  const titles = [name];
  for (let parent = suite; parent !== undefined && parent !== file; parent = parent.suite)
    titles.unshift(parent.name);
  return { file: file.name, titles };
}

/** Vitest searches every line of a stack for source locations, also those of the report. */
const withoutStack = (error: Error): Error => Object.assign(error, { stack: '' });

/**
 * Vitest's `test` with the fixture `apple`: an organization for each test, on one server for all tests of the file. A
 * test fails if a verdict is not `passed` at its end.
 */
export function crabapple(options: FixtureOptions = {}): TestAPI<AppleFixtures> {
  // Loads during the collection of tests, not during the first test.
  if (options.server !== false) import('./server/open-server.ts').catch(() => {});
  return base.extend<AppleFixtures & { appleFixture: AppleFixture }>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the dependencies of a fixture from the pattern
    scenario: async ({}, use) => use(options.scenario),
    appleFixture: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the dependencies of a fixture from the pattern
      async ({}, use) => {
        const fixture = new AppleFixture(options);
        await use(fixture);
        await fixture.close();
      },
      { scope: 'file' },
    ],
    apple: async ({ task, scenario, appleFixture, onTestFinished }, use) => {
      let failure: Report | undefined;
      let isOver = false;
      // Thrown here, not in the fixture: Vitest would run the teardown again and report the error twice.
      onTestFinished(() => {
        isOver = true;
        if (failure !== undefined) throw withoutStack(new VerdictError(failure));
      });
      const running = await appleFixture.start(nameOf(task), scenario);
      // The test has timed out: Vitest does not run the rest of the fixture.
      if (isOver) return running.end();
      await use(appleFixture.inTest(() => running.organization));
      failure = running.failure();
      running.end();
    },
  });
}
