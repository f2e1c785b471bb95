import assert from 'node:assert/strict';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatProblems } from '../../src/scenario/reading/format.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';

async function refusal(text: string): Promise<ScenarioError> {
  try {
    await loadScenario('story.yaml', text);
  } catch (error) {
    assert.ok(error instanceof ScenarioError, String(error));
    return error;
  }
  throw new Error('the file was taken');
}

/** A line of the file with what is under it. */
const pointed = (place: string, message: string, line: string, caret: string): string => {
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

const GOLDEN: readonly (readonly [what: string, text: string, told: string])[] = [
  [
    'an empty file',
    '',
    pointed('1:1', 'the file is empty', '', '^ the smallest scenario is `name: My first scenario`'),
  ],
  ['a list', '- a\n', pointed('1:1', 'expected a mapping, got a list', '- a', '^')],
  ['no name', 'seed: 1\n', pointed('1:1', '`name` is missing', 'seed: 1', '^')],
  [
    'a key given twice',
    'name: a\nname: b\n',
    pointed('2:1', 'the key is given twice', 'name: b', '^ Map keys must be unique'),
  ],
  [
    'an unknown key',
    'name: a\ndevcies: []\n',
    pointed('2:1', 'unknown key `devcies`', 'devcies: []', '^^^^^^^ did you mean `devices`?'),
  ],
  [
    'an unknown key deep down',
    'name: a\nbehavior:\n  dep:\n    sesion_idle: 5m\n',
    pointed(
      '4:5',
      'unknown key `sesion_idle`',
      '    sesion_idle: 5m',
      '    ^^^^^^^^^^^ did you mean `session_idle`?',
    ),
  ],
  [
    'keys of two forms',
    'name: a\nfaults:\n  - { on: apns.push, answer: { goaway: true, reset: true } }\n',
    pointed(
      '3:32',
      '`goaway` cannot stand beside `reset`',
      '  - { on: apns.push, answer: { goaway: true, reset: true } }',
      `${' '.repeat(31)}^^^^^^ leave out the one or the other`,
    ),
  ],
  [
    'an unknown word',
    'name: a\ndevices:\n  - { serial_number: A, device_family: ipad }\n',
    pointed(
      '3:40',
      '"ipad" is not known here',
      '  - { serial_number: A, device_family: ipad }',
      `${' '.repeat(39)}^^^^ did you mean \`iPad\`?`,
    ),
  ],
  [
    'a wrong type',
    'name: a\nbehavior: { dep: { limit_max: "9" } }\n',
    pointed(
      '2:31',
      'expected a number, got the text "9"',
      'behavior: { dep: { limit_max: "9" } }',
      `${' '.repeat(30)}^^^`,
    ),
  ],
  [
    'a bad duration',
    'name: a\nbehavior: { dep: { session_idle: soon } }\n',
    pointed(
      '2:34',
      'expected a duration such as 500ms, 30s, 10m, 24h or 7d',
      'behavior: { dep: { session_idle: soon } }',
      `${' '.repeat(33)}^^^^`,
    ),
  ],
  [
    'a bad instant',
    'name: a\nclock: yesterday\n',
    pointed(
      '2:8',
      'expected an instant such as 2026-03-02T08:00:00Z',
      'clock: yesterday',
      '       ^^^^^^^^^',
    ),
  ],
  [
    'a day that never was',
    'name: a\nclock: 2026-02-30\n',
    pointed(
      '2:8',
      'expected an instant such as 2026-03-02T08:00:00Z',
      'clock: 2026-02-30',
      '       ^^^^^^^^^^',
    ),
  ],
  [
    'a number that is none',
    'name: a\nclock: { rate: .nan }\n',
    pointed('2:16', 'expected a number, got the value NaN', 'clock: { rate: .nan }', `${' '.repeat(15)}^^^^`),
  ],
  [
    'an MDM server that is not there',
    'name: a\nmdm_servers:\n  - server_name: Acme\ndevices:\n  - { serial_number: A, mdm_server: Acmee }\n',
    pointed(
      '5:37',
      'no MDM server of this file is named "Acmee"',
      '  - { serial_number: A, mdm_server: Acmee }',
      `${' '.repeat(36)}^^^^^ did you mean \`Acme\`?`,
    ),
  ],
  [
    'a fault on no operation',
    'name: a\nfaults: [{ on: dep.sesion, answer: FORBIDDEN }]\n',
    pointed(
      '2:16',
      'no operation is named "dep.sesion"',
      'faults: [{ on: dep.sesion, answer: FORBIDDEN }]',
      `${' '.repeat(15)}^^^^^^^^^^ did you mean \`dep.session\`?`,
    ),
  ],
  [
    'a fault with an unknown error',
    'name: a\nfaults: [{ on: dep.session, answer: TC_NOT_SIGNED }]\n',
    pointed(
      '2:37',
      'no error is named "TC_NOT_SIGNED"',
      'faults: [{ on: dep.session, answer: TC_NOT_SIGNED }]',
      `${' '.repeat(36)}^^^^^^^^^^^^^ did you mean \`T_C_NOT_SIGNED\`?`,
    ),
  ],
  [
    'a tab',
    'name: a\ndevices:\n\t- generate: 1\n',
    pointed(
      '3:1',
      'tabs cannot indent; use spaces',
      ' - generate: 1',
      '^ Tabs are not allowed as indentation',
    ),
  ],
  [
    'two documents',
    'name: a\n---\nname: b\n',
    pointed('2:1', 'the file has several documents', '---', '^ one scenario file describes one organization'),
  ],
  [
    'a quote without end',
    'name: "a\n',
    pointed(
      '2:1',
      'something is missing here, a quote, a colon or a bracket',
      '',
      '^ Missing closing "quote',
    ),
  ],
  [
    'an alias of nothing',
    'name: *x\n',
    pointed('1:7', 'nothing before has the anchor `x`', 'name: *x', '      ^^'),
  ],
  [
    'an alias within itself',
    'name: a\norganization: { terms: &a [*a] }\n',
    pointed(
      '2:28',
      'the alias `a` stands within itself',
      'organization: { terms: &a [*a] }',
      `${' '.repeat(27)}^^`,
    ),
  ],
  [
    'a mapping within itself',
    '&a\nname: a\nseed: *a\n',
    pointed('3:7', 'the alias `a` stands within itself', 'seed: *a', '      ^^'),
  ],
  [
    'an unknown tag',
    'name: !!js/function "x"\n',
    pointed(
      '1:7',
      'the tag is not known here',
      'name: !!js/function "x"',
      '      ^^^^^^^^^^^^^ Unresolved tag: tag:yaml.org,2002:js/function',
    ),
  ],
  ['a key that every object has', 'name: a\nbehavior: { dep: { constructor: 1 } }\n', ''],
];

describe('a wrong file is refused at its place', () => {
  for (const [what, text, told] of GOLDEN) {
    it(what, async () => {
      const error = await refusal(text);
      if (told === '') assert.match(error.message, /unknown key `constructor`/);
      else assert.equal(formatProblems(error, 'pretty'), told);
    });
  }

  it('every problem at once, in the order of the lines', async () => {
    const { problems } = await refusal(
      'name: 5\nseed: []\ndevices:\n  - { serial_number: abc }\n  - { generate: 0 }\n  - 7\nclok: 1\n',
    );
    assert.deepEqual(
      problems.map(({ line, column }) => `${line}:${column}`),
      ['1:7', '2:7', '4:22', '5:17', '6:5', '7:1'],
    );
  });

  it('no more than fifty are shown, the rest counted', async () => {
    const error = await refusal(
      `name: a\n${Array.from({ length: 80 }, (_, key) => `key${key}: 1`).join('\n')}\n`,
    );
    assert.deepEqual([error.problems.length, error.more], [50, 30]);
    assert.match(formatProblems(error, 'pretty'), /\nand 30 more\n$/);
  });

  it('one token that does not belong where it stands once, not with all that follow it', async () => {
    const { problems } = await refusal('$schema\n# a comment ends it\nname: two\nseed:x 1\ndepsim: true\n');
    assert.deepEqual(
      problems.map(({ line, column }) => [line, column]),
      [[3, 1]],
    );
  });

  it('a byte order mark and line ends of Windows move nothing', async () => {
    const plain = formatProblems(await refusal('nme: a\ndevcies: []\n'), 'json');
    assert.equal(formatProblems(await refusal('\ufeffnme: a\r\ndevcies: []\r\n'), 'json'), plain);
  });

  it('a long line is cut around its caret', async () => {
    const text = `name: a\norganization: { org_name: "${'x'.repeat(300)}", org_nme: 1 }\n`;
    const [, , line = '', caret = ''] = formatProblems(await refusal(text), 'pretty').split('\n');
    assert.ok(line.length < 130);
    assert.equal(line.indexOf('org_nme'), caret.indexOf('^'));
  });

  it('characters of double width have carets of double width', async () => {
    const told = formatProblems(await refusal('name: a\nclock: "日本"\n'), 'pretty');
    assert.match(told, /\| {8}\^{6}\n/);
  });

  it('as annotations, and as JSON', async () => {
    const error = await refusal('name: a\ndevcies: []\n');
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

describe('a file that would harm', () => {
  const HARMFUL: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['aliases that multiply', `${BOMB}\nname: bomb\n`, /multiply it more than 1000 times/],
    ['lists within lists', `name: a\nx: ${'['.repeat(4000)}`, /nested too deeply/],
    [
      'mappings within mappings',
      Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested too deeply/,
    ],
    [
      'fifty megabytes',
      `name: a\n${'# x\n'.repeat(12_500_000)}`,
      /the file has 50000008 characters; 8388608 are allowed/,
    ],
    [
      'a serial number without end',
      `name: a\ndevices: [{ serial_number: ${'A'.repeat(1_000_000)} }]`,
      /1 to 32/,
    ],
    [
      'more devices than there can be',
      'name: a\ndevices: [{ generate: 99999999999 }]',
      /must be at most 16777216/,
    ],
    ['a word without end', `name: a\n? ${'x'.repeat(1_000_000)}\n: 1`, /unknown key/],
  ];
  for (const [what, text, message] of HARMFUL)
    it(`is refused: ${what}`, async () => assert.match((await refusal(text)).message, message));

  it('leaves prototypes alone', async () => {
    await refusal('name: a\n__proto__: { polluted: 1 }\n');
    await refusal('name: a\norganization: { __proto__: { org_name: x } }\n');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
});
