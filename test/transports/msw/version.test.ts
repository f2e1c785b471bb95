import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A run with another version must not use the default one by mistake. */
describe('MSW version', () => {
  it('is the requested one', () => {
    const wanted = { 'msw-lowest': '2.10.0', 'msw-next': '3' }[process.env.MSW_VERSION ?? ''] ?? '2';
    const found = fileURLToPath(import.meta.resolve('msw')).replace(
      /(.*\/node_modules\/[^/]+)\/.*/,
      '$1/package.json',
    );
    const { version } = JSON.parse(readFileSync(found, 'utf8')) as { version: string };
    assert.ok(version === wanted || version.startsWith(`${wanted}.`), `${version}, not ${wanted}`);
  });
});
