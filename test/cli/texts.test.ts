import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatEnvironment } from '../../src/cli/environment-format.ts';
import { httpUrl, listed, option, portNumber } from '../../src/cli/option.ts';
import { DEFAULT_SCENARIO, preparedScenario } from '../../src/cli/serve/default-scenario.ts';
import { exchangeText } from '../../src/cli/serve/pretty-log.ts';
import { createStyle } from '../../src/cli/serve/style.ts';
import { colorOn } from '../../src/cli/terminal.ts';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import { loadScenario } from '../../src/scenario/load.ts';

describe('the environment as text', () => {
  const VARIABLES = { PLAIN: 'http://a:1/b', ODD: `it's "$HOME" \`x\` \\` };
  for (const [format, text] of [
    ['shell', `export PLAIN=http://a:1/b\nexport ODD='it'\\''s "$HOME" \`x\` \\'\n`],
    ['dotenv', 'PLAIN="http://a:1/b"\nODD="it\'s \\"\\$HOME\\" \\`x\\` \\\\"\n'],
    ['github', `PLAIN=http://a:1/b\nODD=${VARIABLES.ODD}\n`],
    ['json', `${JSON.stringify(VARIABLES, undefined, 2)}\n`],
  ] as const) {
    it(`for ${format}`, () => assert.equal(formatEnvironment(VARIABLES, format), text));
  }
});

describe('an option', () => {
  it('is a variable of its name', () => {
    assert.equal(option('--ready-file <file>', '').envVar, 'CRABAPPLE_READY_FILE');
  });

  for (const [value, known] of [
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ] as const) {
    it(`that is a flag ${known ? 'is set' : 'is not set'} by the variable's value ${JSON.stringify(value)}`, () => {
      process.env.CRABAPPLE_TEST_FLAG = value;
      try {
        assert.equal(option('--test-flag', '').envVar !== undefined, known);
      } finally {
        delete process.env.CRABAPPLE_TEST_FLAG;
      }
    });
  }

  it('of several values takes them one by one or between commas', () => {
    assert.deepEqual(listed('c', listed('a, b', undefined)), ['a', 'b', 'c']);
  });

  it('takes ports and URLs that are some', () => {
    assert.deepEqual([portNumber('0'), portNumber('65535')], [0, 65_535]);
    for (const wrong of ['-1', '65536', '1e3', '', '80a'])
      assert.throws(() => portNumber(wrong), /A port is/);
    assert.equal(httpUrl('https://apple.test/a/'), 'https://apple.test/a');
    for (const wrong of ['apple.test', 'ftp://apple.test', '']) assert.throws(() => httpUrl(wrong), /A URL/);
  });
});

describe('a request in the log', () => {
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
    ['answered', {}, false, '200 dep.account                GET    /account'],
    ['of one organization among several', {}, true, '200 dep.account                GET    /account (acme)'],
    [
      'of nobody',
      { organization: undefined },
      true,
      '200 dep.account                GET    /account (nobody here)',
    ],
    [
      'applied by a fault',
      { fault: 'fault-1', why: 'so' },
      false,
      '200 dep.account                GET    /account fault fault-1\n         why so',
    ],
    [
      'without an answer',
      { response: undefined, ended: 'client_gone' },
      false,
      '--- dep.account                GET    /account client_gone',
    ],
    [
      'that would steer the terminal',
      { why: '\u001b[2Jso\u202e\nand so' },
      false,
      '200 dep.account                GET    /account\n         why ?[2Jso??and so',
    ],
  ] as const) {
    it(name, () => assert.equal(logged(changed, several), text));
  }
});

describe('color', () => {
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

describe('the default scenario', () => {
  it('is plain data, so that the build can prepare it', async () => {
    const { scenario } = await loadScenario('default.yaml', readFileSync(DEFAULT_SCENARIO, 'utf8'));
    assert.deepEqual(JSON.parse(JSON.stringify(scenario)), withoutUndefined(scenario));
  });

  it('is read from its file by a program that is not of the build that prepared it', () => {
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
