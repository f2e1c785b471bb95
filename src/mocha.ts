/// <reference types="mocha" preserve="true" />
import { relative } from 'node:path';
import type { Organization } from './api/organization.ts';
import type { AppleInTest } from './testing/apple-in-test.ts';
import type { FixtureOptions } from './testing/fixture-options.ts';
import type { TestName } from './testing/test-name.ts';
import { type Begun, TestedApple } from './testing/tested-apple.ts';
import { VerdictError, withVerdicts } from './testing/verdict-error.ts';
import { verifiedFunction } from './testing/verified-function.ts';

export type { AppleInTest } from './testing/apple-in-test.ts';
export type { FixtureOptions, ScenarioOfTest } from './testing/fixture-options.ts';
export { VerdictError } from './testing/verdict-error.ts';

declare global {
  namespace Mocha {
    interface Context {
      /** The simulated Apple of the test that runs, where `useCrabapple` or `crabappleHooks` is in force. */
      apple: AppleInTest;
    }
  }
}

/** What mocha calls root hooks: https://mochajs.org/#root-hook-plugins. */
export interface CrabappleHooks {
  /** Starts the simulated Apple that all tests of the worker share. */
  beforeAll(this: Mocha.Context): Promise<void>;
  /** Gives the test an organization of its own, whose verdicts the test's end asks for. */
  beforeEach(this: Mocha.Context): Promise<void>;
  /** Ends the organization; where the test had failed already, its verdicts stand beside the error. */
  afterEach(this: Mocha.Context): void;
  /** Stops the simulated Apple. */
  afterAll(this: Mocha.Context): Promise<void>;
}

interface Fixture {
  readonly apple: AppleInTest;
  readonly hooks: CrabappleHooks;
}

const nameOf = (test: Mocha.Test): TestName => ({
  file: test.file === undefined ? '' : relative(process.cwd(), test.file),
  titles: test.titlePath(),
});

/** What is loaded first takes its time on a machine that has much to do. */
const PATIENCE = 30_000;

function patient(context: Mocha.Context): void {
  const given = context.timeout();
  // 0 is without end.
  if (given > 0 && given < PATIENCE) context.timeout(PATIENCE);
}

function createFixture(options: FixtureOptions): Fixture {
  const tested = new TestedApple(options);
  let begun: Begun | undefined;
  /** Errors that tell of the verdicts already. */
  const told = new WeakSet<object>();
  const along = (error: unknown): unknown => {
    const report = begun?.failure();
    if (report === undefined || (typeof error === 'object' && error !== null && told.has(error)))
      return error;
    const more = withVerdicts(error, report);
    if (typeof more === 'object' && more !== null) told.add(more);
    return more;
  };
  const failure = (): unknown => {
    const report = begun?.failure();
    if (report === undefined) return undefined;
    const error = new VerdictError(report);
    told.add(error);
    return error;
  };

  const current = (): Organization => {
    if (begun !== undefined) return begun.organization;
    throw new Error(
      'there is an organization only while a test runs: ask in `it`, `beforeEach` or `afterEach`',
    );
  };
  const apple = tested.inTest(current);
  const hooks: CrabappleHooks = {
    async beforeAll() {
      patient(this);
      await tested.open();
    },
    async beforeEach() {
      patient(this);
      const test = this.currentTest!;
      begun = await tested.begin(nameOf(test));
      this.apple = apple;
      if (test.fn !== undefined) test.fn = verifiedFunction(test.fn, { failure, along });
    },
    afterEach() {
      const { currentTest: test } = this;
      // Of a test that ran out of time, or that somebody else ended, its function could not tell.
      if (test?.state === 'failed' && test.err !== undefined) along(test.err);
      begun?.end();
      begun = undefined;
    },
    afterAll: () => tested.close(),
  };
  return { apple, hooks };
}

type Register = (hook: (this: Mocha.Context) => unknown) => void;

/** Of mocha's interfaces, `bdd` and `tdd` have hooks under names of their own. */
interface Interfaces {
  readonly before?: Register;
  readonly suiteSetup?: Register;
  readonly beforeEach?: Register;
  readonly setup?: Register;
  readonly afterEach?: Register;
  readonly teardown?: Register;
  readonly after?: Register;
  readonly suiteTeardown?: Register;
}

/**
 * Gives every test of this suite an organization of its own, on one server for all of them, and verifies it when the
 * test has ended: a verdict that is not a pass fails the test.
 *
 * @returns the simulated Apple of whichever test runs, which `this.apple` is too
 */
export function useCrabapple(options: FixtureOptions = {}): AppleInTest {
  const { apple, hooks } = createFixture(options);
  const given = globalThis as Interfaces;
  for (const [register, hook] of [
    [given.before ?? given.suiteSetup, hooks.beforeAll],
    [given.beforeEach ?? given.setup, hooks.beforeEach],
    [given.afterEach ?? given.teardown, hooks.afterEach],
    [given.after ?? given.suiteTeardown, hooks.afterAll],
  ] as const) {
    if (register === undefined) {
      throw new Error('useCrabapple() must be called in a file that mocha runs: there is no beforeEach here');
    }
    register(hook);
  }
  return apple;
}

/** The same for every test of every file: `export const mochaHooks = crabappleHooks()` in a file that mocha requires. */
export const crabappleHooks = (options: FixtureOptions = {}): CrabappleHooks => createFixture(options).hooks;
