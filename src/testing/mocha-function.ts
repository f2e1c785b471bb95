/// <reference types="mocha" />

/** How the verdicts change the result of a test. */
export interface Verification {
  /** The error of a test that passed; undefined if all verdicts are `passed`. */
  failure(): unknown;
  /** The error of a test that failed with `error`. */
  withVerdicts(error: unknown): unknown;
}

type TestFunction = Mocha.Func | Mocha.AsyncFunc;

const originals = new WeakMap<TestFunction, TestFunction>();

/**
 * Wraps the function of a test so that it fails if a verdict is not `passed`. A hook could not do this: when a hook of
 * mocha fails, the test counts as passed and the suite is aborted.
 */
export function verifiedFunction(given: TestFunction, verification: Verification): TestFunction {
  // A retry of mocha passes the wrapped function.
  const original = originals.get(given) ?? given;
  // Mocha calls a function with a parameter with a callback.
  const verified =
    original.length > 0
      ? withCallback(original as Mocha.Func, verification)
      : withResult(original as Mocha.AsyncFunc, verification);
  originals.set(verified, original);
  return verified;
}

function withCallback(original: Mocha.Func, verification: Verification): Mocha.Func {
  return function (this: Mocha.Context, done) {
    const isSkipped = (): boolean => this.test?.isPending() ?? false;
    const finish = (error?: unknown): void => {
      if (isSkipped()) done(error);
      else done(error ? verification.withVerdicts(error) : verification.failure());
    };
    try {
      return original.call(this, finish as Mocha.Done);
    } catch (error) {
      throw isSkipped() ? error : verification.withVerdicts(error);
    }
  };
}

function withResult(original: Mocha.AsyncFunc, verification: Verification): Mocha.AsyncFunc {
  return function (this: Mocha.Context) {
    const onSuccess = (): void => {
      const failure = verification.failure();
      if (failure !== undefined) throw failure;
    };
    const onError = (error: unknown): never => {
      throw this.test?.isPending() ? error : verification.withVerdicts(error);
    };
    let result: PromiseLike<unknown> | undefined;
    try {
      result = original.call(this);
    } catch (error) {
      onError(error);
    }
    if (typeof result?.then === 'function') return result.then(onSuccess, onError);
    onSuccess();
    return result as never;
  };
}
