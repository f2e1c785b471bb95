import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const SOURCE = resolve('src');
const HTTP2 = join(SOURCE, 'transports/http2');

/** What the HTTP/2 server needs of the rest: request and response values, and what it shares with HTTP/1. */
const SHARED = /^(?:core\/|transports\/(?:body|header-fields|receiver)\.ts$)/;

const ENTRY = 'transports/http2/transport.ts';

function* importsIn(folder: string): Generator<readonly [file: string, imported: string]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g))
      yield [relative(SOURCE, path), relative(SOURCE, resolve(entry.parentPath, specifier))];
  }
}

const isHttp2 = (file: string): boolean => file.startsWith('transports/http2/');

describe('src/transports/http2', () => {
  it('imports only core values and what it shares with HTTP/1', () => {
    const foreign = [...importsIn(HTTP2)].filter(([, imported]) => !isHttp2(imported));
    assert.ok(foreign.length > 0);
    assert.deepEqual(
      foreign.filter(([, imported]) => !SHARED.test(imported)),
      [],
    );
  });

  it(`is imported only through ${ENTRY}`, () => {
    const users = [...importsIn(SOURCE)].filter(([file, imported]) => !isHttp2(file) && isHttp2(imported));
    assert.ok(users.length > 0);
    assert.deepEqual(
      users.filter(([, imported]) => imported !== ENTRY),
      [],
    );
  });
});
