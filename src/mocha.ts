/// <reference types="mocha" preserve="true" />
import { relative } from 'node:path';
import type { Organization } from './api/organization.ts';
import {
  AppleFixture,
  type AppleInTest,
  type FixtureOptions,
  type TestName,
  type TestOrganization,
} from './testing/fixture.ts';
import { verifiedFunction } from './testing/mocha-function.ts';
import { VerdictError, withVerdicts } from './testing/verdict-error.ts';

export type { AppleInTest, FixtureOptions, ScenarioOfTest } from './testing/fixture.ts';
export { VerdictError } from './testing/verdict-error.ts';

declare global {
  namespace Mocha {
    interface Context {
      /** The simulated Apple of the current test, with `useCrabapple` or `crabappleHooks`. */
      apple: AppleInTest;
    }
  }
}

/** Root hooks of mocha: https://mochajs.org/#root-hook-plugins. */
export interface CrabappleHooks {
  /** Starts the simulated Apple, which all tests of the worker share. */
  beforeAll(this: Mocha.Context): Promise<void>;
  /** Adds an organization for the test, which is verified at the end of the test. */
  beforeEach(this: Mocha.Context): Promise<void>;
  /** Removes the organization. If the test failed, its error also contains the verdicts. */
  afterEach(this: Mocha.Context): void;
  /** Stops the simulated Apple. */
  afterAll(this: Mocha.Context): Promise<void>;
}

interface MochaFixture {
  readonly apple: AppleInTest;
  readonly hooks: CrabappleHooks;
}

const nameOf = (test: Mocha.Test): TestName => ({
  file: test.file === undefined ? '' : relative(process.cwd(), test.file),
  titles: test.titlePath(),
});

/** Real milliseconds. Loading all modules can take long on a busy machine. */
const MIN_TIMEOUT = 30_000;

function extendTimeout(context: Mocha.Context): void {
  const given = context.timeout();
  // 0 disables the timeout.
  if (given > 0 && given < MIN_TIMEOUT) context.timeout(MIN_TIMEOUT);
}

function createFixture(options: FixtureOptions): MochaFixture {
  const fixture = new AppleFixture(options);
  let running: TestOrganization | undefined;
  /** Errors that already contain the verdicts. */
  const extended = new WeakSet<object>();
  const extend = (error: unknown): unknown => {
    const report = running?.failure();
    if (report === undefined || (typeof error === 'object' && error !== null && extended.has(error)))
      return error;
    const result = withVerdicts(error, report);
    if (typeof result === 'object' && result !== null) extended.add(result);
    return result;
  };
  const failure = (): unknown => {
    const report = running?.failure();
    if (report === undefined) return undefined;
    const error = new VerdictError(report);
    extended.add(error);
    return error;
  };

  const current = (): Organization => {
    if (running !== undefined) return running.organization;
    throw new Error(
      'the organization exists only while a test runs: use it in `it`, `beforeEach` or `afterEach`',
    );
  };
  const apple = fixture.inTest(current);
  const hooks: CrabappleHooks = {
    async beforeAll() {
      extendTimeout(this);
      await fixture.open();
    },
    async beforeEach() {
      extendTimeout(this);
      const test = this.currentTest!;
      running = await fixture.start(nameOf(test));
      this.apple = apple;
      if (test.fn !== undefined) test.fn = verifiedFunction(test.fn, { failure, withVerdicts: extend });
    },
    afterEach() {
      const { currentTest: test } = this;
      // The wrapped function does not see the error of a test that timed out.
      if (test?.state === 'failed' && test.err !== undefined) extend(test.err);
      running?.end();
      running = undefined;
    },
    afterAll: () => fixture.close(),
  };
  return { apple, hooks };
}

type Register = (hook: (this: Mocha.Context) => unknown) => void;

/** The global functions of mocha's interfaces `bdd` and `tdd`. */
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
 * Adds an organization for every test of this suite, on one server for all of them. A test fails if a verdict is not
 * `passed` at its end.
 *
 * @returns the simulated Apple of the current test, also available as `this.apple`
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
      throw new Error(
        'useCrabapple() must be called in a test file that mocha runs: beforeEach is not defined',
      );
    }
    register(hook);
  }
  return apple;
}

/** `useCrabapple` for all tests: `export const mochaHooks = crabappleHooks()` in a file that mocha requires. */
export const crabappleHooks = (options: FixtureOptions = {}): CrabappleHooks => createFixture(options).hooks;
