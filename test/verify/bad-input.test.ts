import assert from 'node:assert/strict';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { mdmBefore } from '../dep/mdm.ts';

/** The first problem as `file:line:column message`, or `accepted`. */
async function problemOf(text: string, declaration?: string): Promise<string> {
  try {
    await loadScenario('story.yaml', text, () => declaration ?? '');
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const [{ file, line, column, message }] = error.problems as [ScenarioError['problems'][0]];
    return `${file}:${line}:${column} ${message}`;
  }
}

const EXPANDING_ALIASES = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, index) => {
    const nine = Array(9).fill(`*${'abcdefgh'[index]}`).join(', ');
    return `${name}: &${name} [${nine}]`;
  }),
].join('\n');

const ROW =
  '{ service: DEP, item: a, direction: sent, personal_data: no, at: { dep.profile.define: $.body.url } }';

describe('invalid expectations', () => {
  const TABLE: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    [
      'a duplicate key',
      'name: a\nexpect:\n  - operation: dep.account\n    times: 1\n    times: 2\n',
      /^story\.yaml:5:5 duplicate key$/,
    ],
    [
      'a duplicate location',
      'name: a\nexpect:\n  - operation: dep.profile.define\n    fields:\n      $.body.url: present\n      $.body.url: absent\n',
      /^story\.yaml:6:7 duplicate key$/,
    ],
    [
      'an alias that contains itself',
      'name: a\nexpect: &e [*e]\n',
      /^story\.yaml:2:13 the alias `e` contains itself$/,
    ],
    [
      'aliases that expand without limit',
      `name: a\n${EXPANDING_ALIASES}\nexpect: [*h, *h]\n`,
      /^story\.yaml:\d+:\d+ the aliases expand the file more than 1000 times$/,
    ],
    [
      'a mapping instead of the list',
      'name: a\nexpect: { never: dep.account }\n',
      /^story\.yaml:2:9 expected a list/,
    ],
    [
      'text instead of an expectation',
      'name: a\nexpect: [dep.account]\n',
      /^story\.yaml:2:10 expected a mapping/,
    ],
    [
      'a nested value of the wrong type',
      'name: a\nexpect:\n  - operation: dep.profile.define\n    fields: { $.body.url: { length: { at_least: "3" } } }\n',
      /^story\.yaml:4:49 expected a number, got the text "3"$/,
    ],
    [
      'a nested unknown key',
      'name: a\nexpect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.session, tims: 2 }\n',
      /^story\.yaml:4:45 unknown key `tims`$/,
    ],
    [
      'a matcher that contains itself',
      'name: a\nexpect:\n  - operation: dep.account\n    where: { $.path: &m { not: *m } }\n',
      /^story\.yaml:4:32 the alias `m` contains itself$/,
    ],
    [
      'a location that is too long',
      `name: a\nexpect:\n  - operation: dep.account\n    where: { "$${'..a'.repeat(200_000)}": present }\n`,
      /^story\.yaml:4:\d+ a location has at most 1000 characters$/,
    ],
    [
      'a location with too many descendant segments',
      'name: a\nexpect:\n  - operation: dep.account\n    where: { "$..a..a..a..a": present }\n',
      /^story\.yaml:4:\d+ a location has at most 3 filters and `\.\.`: more take too long$/,
    ],
    [
      'a regular expression that is too large',
      `name: a\nexpect:\n  - operation: dep.account\n    where: { $.path: { matches: "${'(a{1000}){1000}'.repeat(10)}" } }\n`,
      /^story\.yaml:4:\d+ /,
    ],
  ];
  for (const [what, text, wanted] of TABLE) {
    it(`are rejected with line and column: ${what}`, async () => assert.match(await problemOf(text), wanted));
  }
});

describe('an invalid declaration', () => {
  const SCENARIO = 'name: a\nexpect:\n  - data_sent: { declaration: own.yaml }\n';
  const TABLE: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ['an empty file', '', /^own\.yaml:1:1 /],
    ['a duplicate key', `name: own\nname: own\nrows: [${ROW}]\n`, /^own\.yaml:2:1 duplicate key$/],
    [
      'an alias that contains itself',
      'name: own\nrows: &r [*r]\n',
      /^own\.yaml:2:11 the alias `r` contains itself$/,
    ],
    [
      'aliases that expand without limit',
      `name: own\n${EXPANDING_ALIASES}\nrows: [*h]\n`,
      /^own\.yaml:\d+:\d+ the aliases expand the file more than 1000 times$/,
    ],
    [
      'a file of 50 MB',
      `name: own\n${'# x\n'.repeat(12_500_000)}`,
      /^own\.yaml:1:1 the file has 50000010 characters/,
    ],
    ['an unknown key', `name: own\nrows: [${ROW}]\nrow: 1\n`, /^own\.yaml:3:1 unknown key `row`$/],
    ['no rows', 'name: own\nrows: []\n', /^own\.yaml:2:7 /],
    [
      'a row with a field that does not exist',
      `name: own\nrows:\n  - ${ROW.replace('$.body.url', '$.body.ulr')}\n`,
      /^own\.yaml:3:\d+ dep\.profile\.define has no field "ulr" in its request body$/,
    ],
  ];
  for (const [what, text, wanted] of TABLE) {
    it(`is rejected with line and column: ${what}`, async () =>
      assert.match(await problemOf(SCENARIO, text), wanted));
  }

  it('fails with the name of a row that was not seen, with `unseen: fail`', async () => {
    const apple = await simulateApple(
      `name: a\nexpect:\n  - data_sent: { declaration: own.yaml, unseen: fail, undeclared: warn }\n`,
      {},
      {
        file: 'story.yaml',
        readFile: () => `name: own\nrows:\n  - ${ROW.replace('item: a', 'item: address')}\n`,
      },
    );
    const mdm = await mdmBefore(apple);
    await mdm.call('GET', '/account');
    const [verdict] = apple.verify().suites[0]!.verdicts;
    assert.equal(verdict?.status, 'failed');
    assert.match(verdict?.reason ?? '', /address/);
  });
});

describe('a regular expression with catastrophic backtracking', () => {
  it('is matched in linear time', async () => {
    const apple = await simulateApple({
      name: 'a',
      expect: [{ operation: 'dep.profile.define', fields: { '$.body.url': { matches: '^(a+)+$' } } }],
    });
    const mdm = await mdmBefore(apple);
    await mdm.call('POST', '/profile', { body: { profile_name: 'p', url: `${'a'.repeat(50_000)}!` } });
    assert.equal(apple.verify().status, 'failed');
  });
});
