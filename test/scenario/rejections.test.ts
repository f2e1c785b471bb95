import assert from 'node:assert/strict';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatProblems } from '../../src/scenario/reading/format.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';

async function rejection(text: string): Promise<ScenarioError> {
  try {
    await loadScenario('story.yaml', text);
  } catch (error) {
    assert.ok(error instanceof ScenarioError, String(error));
    return error;
  }
  throw new Error('the file was accepted');
}

/** The excerpt of a line with its caret. */
const excerpt = (place: string, message: string, line: string, caret: string): string => {
  const number = place.split(':')[0]!;
  const margin = ' '.repeat(number.length);
  return `story.yaml:${place}: error: ${message}\n${margin} |\n${number} | ${line}\n${margin} | ${caret}\n`;
};

const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, index) => {
    const before = 'abcdefgh'[index]!;
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

const GOLDEN: readonly (readonly [what: string, text: string, output: string])[] = [
  [
    'an empty file',
    '',
    excerpt('1:1', 'the file is empty', '', '^ the smallest scenario is `name: My first scenario`'),
  ],
  ['a list', '- a\n', excerpt('1:1', 'expected a mapping, got a list', '- a', '^')],
  ['no name', 'seed: 1\n', excerpt('1:1', '`name` is missing', 'seed: 1', '^')],
  [
    'a duplicate key',
    'name: a\nname: b\n',
    excerpt('2:1', 'duplicate key', 'name: b', '^ Map keys must be unique'),
  ],
  [
    'an unknown key',
    'name: a\ndevcies: []\n',
    excerpt('2:1', 'unknown key `devcies`', 'devcies: []', '^^^^^^^ did you mean `devices`?'),
  ],
  [
    'a nested unknown key',
    'name: a\nbehavior:\n  dep:\n    sesion_idle: 5m\n',
    excerpt(
      '4:5',
      'unknown key `sesion_idle`',
      '    sesion_idle: 5m',
      '    ^^^^^^^^^^^ did you mean `session_idle`?',
    ),
  ],
  [
    'keys of two alternatives',
    'name: a\nfaults:\n  - { on: apns.push, answer: { goaway: true, reset: true } }\n',
    excerpt(
      '3:32',
      '`goaway` cannot be combined with `reset`',
      '  - { on: apns.push, answer: { goaway: true, reset: true } }',
      `${' '.repeat(31)}^^^^^^ remove one of them`,
    ),
  ],
  [
    'an unknown value',
    'name: a\ndevices:\n  - { serial_number: A, device_family: ipad }\n',
    excerpt(
      '3:40',
      'unknown value "ipad"',
      '  - { serial_number: A, device_family: ipad }',
      `${' '.repeat(39)}^^^^ did you mean \`iPad\`?`,
    ),
  ],
  [
    'a wrong type',
    'name: a\nbehavior: { dep: { limit_max: "9" } }\n',
    excerpt(
      '2:31',
      'expected a number, got the text "9"',
      'behavior: { dep: { limit_max: "9" } }',
      `${' '.repeat(30)}^^^`,
    ),
  ],
  [
    'a bad duration',
    'name: a\nbehavior: { dep: { session_idle: soon } }\n',
    excerpt(
      '2:34',
      'expected a duration such as 500ms, 30s, 10m, 24h or 7d',
      'behavior: { dep: { session_idle: soon } }',
      `${' '.repeat(33)}^^^^`,
    ),
  ],
  [
    'a bad instant',
    'name: a\nclock: yesterday\n',
    excerpt(
      '2:8',
      'expected an instant such as 2026-03-02T08:00:00Z',
      'clock: yesterday',
      '       ^^^^^^^^^',
    ),
  ],
  [
    'a day that does not exist',
    'name: a\nclock: 2026-02-30\n',
    excerpt(
      '2:8',
      'expected an instant such as 2026-03-02T08:00:00Z',
      'clock: 2026-02-30',
      '       ^^^^^^^^^^',
    ),
  ],
  [
    'NaN instead of a number',
    'name: a\nclock: { rate: .nan }\n',
    excerpt('2:16', 'expected a number, got the value NaN', 'clock: { rate: .nan }', `${' '.repeat(15)}^^^^`),
  ],
  [
    'an MDM server that does not exist',
    'name: a\nmdm_servers:\n  - server_name: Acme\ndevices:\n  - { serial_number: A, mdm_server: Acmee }\n',
    excerpt(
      '5:37',
      'no MDM server of this file is named "Acmee"',
      '  - { serial_number: A, mdm_server: Acmee }',
      `${' '.repeat(36)}^^^^^ did you mean \`Acme\`?`,
    ),
  ],
  [
    'a fault of an operation that does not exist',
    'name: a\nfaults: [{ on: dep.sesion, answer: FORBIDDEN }]\n',
    excerpt(
      '2:16',
      'no operation is named "dep.sesion"',
      'faults: [{ on: dep.sesion, answer: FORBIDDEN }]',
      `${' '.repeat(15)}^^^^^^^^^^ did you mean \`dep.session\`?`,
    ),
  ],
  [
    'a fault with an unknown error',
    'name: a\nfaults: [{ on: dep.session, answer: TC_NOT_SIGNED }]\n',
    excerpt(
      '2:37',
      'no error is named "TC_NOT_SIGNED"',
      'faults: [{ on: dep.session, answer: TC_NOT_SIGNED }]',
      `${' '.repeat(36)}^^^^^^^^^^^^^ did you mean \`T_C_NOT_SIGNED\`?`,
    ),
  ],
  [
    'a tab',
    'name: a\ndevices:\n\t- generate: 1\n',
    excerpt(
      '3:1',
      'tabs are not allowed as indentation; use spaces',
      ' - generate: 1',
      '^ Tabs are not allowed as indentation',
    ),
  ],
  [
    'two documents',
    'name: a\n---\nname: b\n',
    excerpt(
      '2:1',
      'the file has several YAML documents',
      '---',
      '^ a scenario file describes one organization',
    ),
  ],
  [
    'a quote that is not closed',
    'name: "a\n',
    excerpt('2:1', 'missing character: a quote, a colon or a bracket', '', '^ Missing closing "quote'),
  ],
  [
    'an alias without anchor',
    'name: *x\n',
    excerpt('1:7', 'no anchor `x` comes before this alias', 'name: *x', '      ^^'),
  ],
  [
    'an alias that contains itself',
    'name: a\norganization: { terms: &a [*a] }\n',
    excerpt(
      '2:28',
      'the alias `a` contains itself',
      'organization: { terms: &a [*a] }',
      `${' '.repeat(27)}^^`,
    ),
  ],
  [
    'a mapping that contains itself',
    '&a\nname: a\nseed: *a\n',
    excerpt('3:7', 'the alias `a` contains itself', 'seed: *a', '      ^^'),
  ],
  [
    'an unknown tag',
    'name: !!js/function "x"\n',
    excerpt(
      '1:7',
      'unknown tag',
      'name: !!js/function "x"',
      '      ^^^^^^^^^^^^^ Unresolved tag: tag:yaml.org,2002:js/function',
    ),
  ],
  ['a key that every object has', 'name: a\nbehavior: { dep: { constructor: 1 } }\n', ''],
];

describe('an invalid file is rejected with line and column', () => {
  for (const [what, text, output] of GOLDEN) {
    it(what, async () => {
      const error = await rejection(text);
      if (output === '') assert.match(error.message, /unknown key `constructor`/);
      else assert.equal(formatProblems(error, 'pretty'), output);
    });
  }

  it('reports all problems in the order of the lines', async () => {
    const { problems } = await rejection(
      'name: 5\nseed: []\ndevices:\n  - { serial_number: abc }\n  - { generate: 0 }\n  - 7\nclok: 1\n',
    );
    assert.deepEqual(
      problems.map(({ line, column }) => `${line}:${column}`),
      ['1:7', '2:7', '4:22', '5:17', '6:5', '7:1'],
    );
  });

  it('reports at most 50 problems, and the number of the others', async () => {
    const error = await rejection(
      `name: a\n${Array.from({ length: 80 }, (_, key) => `key${key}: 1`).join('\n')}\n`,
    );
    assert.deepEqual([error.problems.length, error.more], [50, 30]);
    assert.match(formatProblems(error, 'pretty'), /\nand 30 more\n$/);
  });

  it('reports an unexpected token without the errors that follow from it', async () => {
    const { problems } = await rejection('$schema\n# a comment ends it\nname: two\nseed:x 1\ndepsim: true\n');
    assert.deepEqual(
      problems.map(({ line, column }) => [line, column]),
      [[3, 1]],
    );
  });

  it('positions are the same with a byte order mark and Windows line ends', async () => {
    const plain = formatProblems(await rejection('nme: a\ndevcies: []\n'), 'json');
    assert.equal(formatProblems(await rejection('\ufeffnme: a\r\ndevcies: []\r\n'), 'json'), plain);
  });

  it('cuts a long line around its caret', async () => {
    const text = `name: a\norganization: { org_name: "${'x'.repeat(300)}", org_nme: 1 }\n`;
    const [, , line = '', caret = ''] = formatProblems(await rejection(text), 'pretty').split('\n');
    assert.ok(line.length < 130);
    assert.equal(line.indexOf('org_nme'), caret.indexOf('^'));
  });

  it('double-width characters have double-width carets', async () => {
    const output = formatProblems(await rejection('name: a\nclock: "日本"\n'), 'pretty');
    assert.match(output, /\| {8}\^{6}\n/);
  });

  it('prints GitHub annotations and JSON', async () => {
    const error = await rejection('name: a\ndevcies: []\n');
    assert.equal(
      formatProblems(error, 'github'),
      '::error file=story.yaml,line=2,col=1,endColumn=8::unknown key `devcies`: did you mean `devices`?\n',
    );
    assert.deepEqual(JSON.parse(formatProblems(error, 'json')), [
      {
        file: 'story.yaml',
        line: 2,
        column: 1,
        length: 7,
        path: ['devcies'],
        message: 'unknown key `devcies`',
        hint: 'did you mean `devices`?',
      },
    ]);
  });
});

describe('a harmful file', () => {
  const HARMFUL: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    [
      'aliases that expand without limit',
      `${BOMB}\nname: bomb\n`,
      /aliases expand the file more than 1000 times/,
    ],
    ['deeply nested lists', `name: a\nx: ${'['.repeat(4000)}`, /nested too deeply/],
    [
      'deeply nested mappings',
      Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested too deeply/,
    ],
    [
      'a file of 50 MB',
      `name: a\n${'# x\n'.repeat(12_500_000)}`,
      /the file has 50000008 characters; the limit is 8388608/,
    ],
    ['a serial number of 1 MB', `name: a\ndevices: [{ serial_number: ${'A'.repeat(1_000_000)} }]`, /1 to 32/],
    ['too many devices', 'name: a\ndevices: [{ generate: 99999999999 }]', /must be at most 16777216/],
    ['a key of 1 MB', `name: a\n? ${'x'.repeat(1_000_000)}\n: 1`, /unknown key/],
  ];
  for (const [what, text, message] of HARMFUL)
    it(`is rejected: ${what}`, async () => assert.match((await rejection(text)).message, message));

  it('does not pollute prototypes', async () => {
    await rejection('name: a\n__proto__: { polluted: 1 }\n');
    await rejection('name: a\norganization: { __proto__: { org_name: x } }\n');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
});
