import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

/** Globals of every browser. Older ones have no `Symbol.dispose` and `Symbol.asyncDispose`. */
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

/** `Symbol` without `dispose` and `asyncDispose`, in every engine. */
const FORMER_SYMBOL = `new Proxy(function () {}, {
  apply: (_, __, words) => Symbol(...words),
  get: (_, name) => (name === 'dispose' || name === 'asyncDispose' ? undefined : Symbol[name]),
})`;

const PROGRAM = `
  const apple = await crabapple.createCrabapple({ name: 'Without', devices: [{ generate: 2 }] });
  const passing = await apple.organizations.add({ name: 'Passing' });
  apple.organizations.remove(passing.id);
  return JSON.stringify([apple.devices.size, apple.organizations.size, apple.verify().status, Object.keys(apple)]);`;

describe('a browser without Symbol.dispose', () => {
  it('runs createCrabapple()', async () => {
    const { outputFiles } = await build({
      stdin: { contents: `export { createCrabapple } from './build/src/index.js';`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'crabapple',
      platform: 'browser',
      logLevel: 'silent',
    });
    const program = `(async function (Symbol) {${outputFiles[0]!.text}${PROGRAM}})(${FORMER_SYMBOL})`;
    const result = JSON.parse(await (runInNewContext(program, GLOBALS) as Promise<string>));
    assert.deepEqual(result.slice(0, 3), [2, 1, 'passed']);
    assert.ok(!result[3].includes('undefined'));
  });
});
