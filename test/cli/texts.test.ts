import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatVariables } from '../../src/cli/env.ts';
import { httpUrl, listed, option, portNumber } from '../../src/cli/options.ts';
import { exchangeText } from '../../src/cli/serve/pretty-log.ts';
import { DEFAULT_SCENARIO, preparedScenario } from '../../src/cli/serve/scenarios.ts';
import { colorOn, createStyle } from '../../src/cli/terminal.ts';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import { loadScenario } from '../../src/scenario/load.ts';

describe('environment variables as text', () => {
  const VARIABLES = { PLAIN: 'http://a:1/b', ODD: `it's "$HOME" \`x\` \\` };
  for (const [format, text] of [
    ['shell', `export PLAIN=http://a:1/b\nexport ODD='it'\\''s "$HOME" \`x\` \\'\n`],
    ['dotenv', 'PLAIN="http://a:1/b"\nODD="it\'s \\"\\$HOME\\" \\`x\\` \\\\"\n'],
    ['github', `PLAIN=http://a:1/b\nODD=${VARIABLES.ODD}\n`],
    ['json', `${JSON.stringify(VARIABLES, undefined, 2)}\n`],
  ] as const) {
    it(`are quoted for ${format}`, () => assert.equal(formatVariables(VARIABLES, format), text));
  }
});

describe('command line options', () => {
  it('have an environment variable', () => {
    assert.equal(option('--ready-file <file>', '').envVar, 'CRABAPPLE_READY_FILE');
  });

  for (const [value, known] of [
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ] as const) {
    it(`are ${known ? 'set' : 'not set'} as a flag by the value ${JSON.stringify(value)} of the variable`, () => {
      process.env.CRABAPPLE_TEST_FLAG = value;
      try {
        assert.equal(option('--test-flag', '').envVar !== undefined, known);
      } finally {
        delete process.env.CRABAPPLE_TEST_FLAG;
      }
    });
  }

  it('collect repeated and comma-separated values', () => {
    assert.deepEqual(listed('c', listed('a, b', undefined)), ['a', 'b', 'c']);
  });

  it('reject invalid ports and URLs', () => {
    assert.deepEqual([portNumber('0'), portNumber('65535')], [0, 65_535]);
    for (const wrong of ['-1', '65536', '1e3', '', '80a'])
      assert.throws(() => portNumber(wrong), /Expected a port/);
    assert.equal(httpUrl('https://apple.test/a/'), 'https://apple.test/a');
    for (const wrong of ['apple.test', 'ftp://apple.test', ''])
      assert.throws(() => httpUrl(wrong), /Expected a URL/);
  });
});

describe('a log line', () => {
  const entry: JournalEntry = {
    seq: 1,
    at: 0,
    wallAt: 0,
    organization: 'acme',
    operation: 'dep.account',
    transport: 'express',
    request: {
      method: 'GET',
      scheme: 'http',
      authority: 'a',
      path: '/account',
      query: '',
      headers: {},
      body: { kind: 'whole', bytes: '' },
    },
    response: { status: 200, headers: {}, body: { kind: 'whole', bytes: '' } },
  };
  const logged = (changed: Partial<JournalEntry>, several = false): string =>
    exchangeText({ ...entry, ...changed }, several, createStyle(false)).slice(9);

  for (const [name, changed, several, text] of [
    ['shows status, operation and request', {}, false, '200 dep.account                GET    /account'],
    [
      'names the organization if there are several',
      {},
      true,
      '200 dep.account                GET    /account (acme)',
    ],
    [
      'says that a request belongs to no organization',
      { organization: undefined },
      true,
      '200 dep.account                GET    /account (no organization)',
    ],
    [
      'names the fault and the reason',
      { fault: 'fault-1', why: 'so' },
      false,
      '200 dep.account                GET    /account fault fault-1\n         why so',
    ],
    [
      'shows how a request without a response ended',
      { response: undefined, ended: 'client_gone' },
      false,
      '--- dep.account                GET    /account client_gone',
    ],
    [
      'replaces control characters',
      { why: '\u001b[2Jso\u202e\nand so' },
      false,
      '200 dep.account                GET    /account\n         why ?[2Jso??and so',
    ],
  ] as const) {
    it(name, () => assert.equal(logged(changed, several), text));
  }
});

describe('colored output', () => {
  for (const [stream, wanted, variables, on] of [
    [{ isTTY: true }, true, {}, true],
    [{ isTTY: false }, true, {}, false],
    [{}, true, {}, false],
    [{ isTTY: true }, false, {}, false],
    [{ isTTY: true }, true, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, true, { NO_COLOR: '' }, true],
    [{ isTTY: true }, true, { TERM: 'dumb' }, false],
    [{}, true, { FORCE_COLOR: '1' }, true],
    [{ isTTY: true }, true, { FORCE_COLOR: '0' }, false],
    [{}, true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ] as const) {
    it(`${on ? 'is on' : 'is off'} for ${JSON.stringify({ ...stream, wanted, ...variables })}`, () => {
      assert.equal(colorOn(stream, wanted, variables), on);
    });
  }
});

describe('default scenario', () => {
  it('is plain data, which the build can store as JSON', async () => {
    const { scenario } = await loadScenario('default.yaml', readFileSync(DEFAULT_SCENARIO, 'utf8'));
    assert.deepEqual(JSON.parse(JSON.stringify(scenario)), withoutUndefined(scenario));
  });

  it('is not taken from the build by a program outside its folder', () => {
    assert.equal(preparedScenario(readFileSync(DEFAULT_SCENARIO, 'utf8')), undefined);
  });
});

const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  const known = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(known.map(([name, member]) => [name, withoutUndefined(member)]));
};
