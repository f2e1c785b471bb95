import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

/** What every browser has; `Symbol.dispose` and `Symbol.asyncDispose` not all of them have. */
const GLOBALS = {
  atob,
  btoa,
  clearTimeout,
  crypto,
  setTimeout,
  structuredClone,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

/** `Symbol` as it was before there was disposal, in whichever engine. */
const FORMER_SYMBOL = `new Proxy(function () {}, {
  apply: (_, __, words) => Symbol(...words),
  get: (_, name) => (name === 'dispose' || name === 'asyncDispose' ? undefined : Symbol[name]),
})`;

const STORY = `
  const apple = await crabapple.createCrabapple({ name: 'Without', devices: [{ generate: 2 }] });
  const passing = await apple.organizations.add({ name: 'Passing' });
  apple.organizations.remove(passing.id);
  return JSON.stringify([apple.devices.size, apple.organizations.size, apple.verify().status, Object.keys(apple)]);`;

describe('an engine that knows no disposal, and nothing of Node', () => {
  it('has the simulated Apple all the same', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `export { createCrabapple } from './build/src/index.js';`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'crabapple',
      platform: 'browser',
      logLevel: 'silent',
    });
    const program = `(async function (Symbol) {${outputFiles[0]!.text}${STORY}})(${FORMER_SYMBOL})`;
    const told = JSON.parse(await (runInNewContext(program, GLOBALS) as Promise<string>));
    assert.deepEqual(told.slice(0, 3), [2, 1, 'passed']);
    assert.ok(!told[3].includes('undefined'));
  });
});
