import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Remains } from './start-and-stop.ts';

const PROGRAM = resolve('build/test/server/start-and-stop.js');

const WARMING = 50;
const MEASURED = 150;

describe('hundreds of servers that are closed with connections in every state', () => {
  for (const [name, kind] of [
    ['on the plain port', 'plain'],
    ['with TLS and a proxy', 'secure'],
  ] as const) {
    it(`leave no resources behind ${name}`, async function () {
      this.timeout(120_000);
      const parameters = ['--no-warnings', PROGRAM, kind, String(WARMING), String(MEASURED)];
      const { stdout } = await promisify(execFile)(process.execPath, parameters);
      const { objects, ...rest } = JSON.parse(stdout) as Remains;
      assert.deepEqual(rest, { servers: WARMING + MEASURED, resources: [], processListeners: 0, files: [] });
      // One object left by each of them would be this many.
      assert.ok(objects < MEASURED / 2, `${objects} objects are left of ${MEASURED} servers`);
    });
  }
});
