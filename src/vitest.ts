import './scenario/load.ts';
import { test as base, type TestAPI, type TestContext } from 'vitest';
import type { Scenario } from './scenario/generated/scenario-types.ts';
import type { AppleInTest } from './testing/apple-in-test.ts';
import type { FixtureOptions, ScenarioOfTest } from './testing/fixture-options.ts';
import type { TestName } from './testing/test-name.ts';
import { TestedApple } from './testing/tested-apple.ts';
import { VerdictError } from './testing/verdict-error.ts';
import type { Report } from './verify/report/report.ts';

export type { AppleInTest } from './testing/apple-in-test.ts';
export type { FixtureOptions, ScenarioOfTest } from './testing/fixture-options.ts';
export { VerdictError } from './testing/verdict-error.ts';

/**
 * A scenario has a name, and so has a function: Vitest, which takes values and functions for fixtures, goes by types to
 * tell them apart.
 */
type NoFunction = { readonly apply?: never };

/** What a test finds in its context. */
export interface AppleFixtures {
  /** The simulated Apple, with an organization of this test alone. */
  apple: AppleInTest;
  /** What the organization is made from; a suite sets another by `test.override({ scenario })`. */
  scenario: Exclude<ScenarioOfTest, Scenario> | (Scenario & NoFunction) | undefined;
}

function nameOf({ file, name, suite }: TestContext['task']): TestName {
  const titles = [name];
  for (let around = suite; around !== undefined && around !== file; around = around.suite)
    titles.unshift(around.name);
  return { file: file.name, titles };
}

/** Vitest looks for frames in every line of a stack, and our message names places of its own. */
const withoutFrames = (error: Error): Error => Object.assign(error, { stack: '' });

/**
 * Vitest's `test`, each of which that asks for `apple` gets an organization of its own, on one server for all tests of
 * the file. It is verified when the test has ended: a verdict that is not a pass fails the test.
 */
export function crabapple(options: FixtureOptions = {}): TestAPI<AppleFixtures> {
  // Loaded while tests are collected, and not in the time of the first one.
  if (options.server !== false) import('./server/open-server.ts').catch(() => {});
  return base.extend<AppleFixtures & { testedApple: TestedApple }>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
    scenario: async ({}, use) => use(options.scenario),
    testedApple: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
      async ({}, use) => {
        const tested = new TestedApple(options);
        await use(tested);
        await tested.close();
      },
      { scope: 'file' },
    ],
    apple: async ({ task, scenario, testedApple, onTestFinished }, use) => {
      let failure: Report | undefined;
      let isOver = false;
      // Not thrown where it is found: Vitest tidies up once more after a fixture that failed in that, and tells twice.
      onTestFinished(() => {
        isOver = true;
        if (failure !== undefined) throw withoutFrames(new VerdictError(failure));
      });
      const begun = await testedApple.begin(nameOf(task), scenario);
      // A test whose time ran out meanwhile asks for nothing more, and nobody tidies up behind it.
      if (isOver) return begun.end();
      await use(testedApple.inTest(() => begun.organization));
      failure = begun.failure();
      begun.end();
    },
  });
}
