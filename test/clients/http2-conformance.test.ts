import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CrabappleServer } from './crabapple-server.ts';
import { runGo, skipWithoutGo } from './go-toolchain.ts';

const CLIENT = 'summerwind/h2spec';
const MODULE_FOLDER = resolve('test/clients/h2spec');
const OUTPUT_FOLDER = resolve('build/clients/h2spec');
const PROGRAM = join(OUTPUT_FOLDER, 'h2spec');

/** All cases of the pinned version, including the strict ones. */
const CASES = 146;

/** Titles of all cases in a JUnit report of h2spec, and of those that did not pass. */
function readReport(file: string): {
  readonly titles: readonly string[];
  readonly failed: readonly string[];
} {
  const cases = [
    ...readFileSync(file, 'utf8').matchAll(
      /<testcase package="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs,
    ),
  ];
  const title = ([, section, about]: RegExpExecArray): string => `${section}: ${about}`;
  return {
    titles: cases.map(title),
    failed: cases.filter(([, , , content = '']) => /<(?:failure|error|skipped)/.test(content)).map(title),
  };
}

describe(`HTTP/2 on the TLS port, checked by ${CLIENT}`, () => {
  let server: CrabappleServer;

  before(async function () {
    skipWithoutGo(this, CLIENT);
    mkdirSync(OUTPUT_FOLDER, { recursive: true });
    runGo(
      ['build', '-mod=readonly', '-o', PROGRAM, 'github.com/summerwind/h2spec/cmd/h2spec'],
      MODULE_FOLDER,
    );
    server = await CrabappleServer.start('name: Conformance\n');
  });
  after(() => server?.stop());

  it('conforms to RFC 9113 and RFC 7541', () => {
    const report = join(server.folder, 'h2spec.xml');
    const port = new URL(server.tlsUrl).port;
    try {
      execFileSync(PROGRAM, ['-S', '-t', '-k', '-p', port, '-P', '/session', '-j', report], {
        stdio: 'ignore',
        timeout: 120_000,
      });
    } catch (error) {
      // h2spec exits with 1 if a case fails; the report lists the failures.
      if ((error as { status?: number }).status !== 1) throw error;
    }
    const { titles, failed } = readReport(report);
    assert.deepEqual(failed, []);
    assert.equal(titles.length, CASES);
  });
});
