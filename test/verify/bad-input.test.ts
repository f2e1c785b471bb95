import assert from 'node:assert/strict';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { mdmBefore } from '../dep/mdm.ts';

/** What was wrong, as `file:line:column message`, or `taken`. */
async function told(text: string, declaration?: string): Promise<string> {
  try {
    await loadScenario('story.yaml', text, () => declaration ?? '');
    return 'taken';
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const [{ file, line, column, message }] = error.problems as [ScenarioError['problems'][0]];
    return `${file}:${line}:${column} ${message}`;
  }
}

const MULTIPLYING = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, index) => {
    const nine = Array(9).fill(`*${'abcdefgh'[index]}`).join(', ');
    return `${name}: &${name} [${nine}]`;
  }),
].join('\n');

const ROW =
  '{ service: DEP, item: a, direction: sent, personal_data: no, at: { dep.profile.define: $.body.url } }';

describe('expectations that are no good', () => {
  const TABLE: readonly (readonly [what: string, text: string, told: RegExp])[] = [
    [
      'a key twice',
      'name: a\nexpect:\n  - operation: dep.account\n    times: 1\n    times: 2\n',
      /^story\.yaml:5:5 the key is given twice$/,
    ],
    [
      'a location twice',
      'name: a\nexpect:\n  - operation: dep.profile.define\n    fields:\n      $.body.url: present\n      $.body.url: absent\n',
      /^story\.yaml:6:7 the key is given twice$/,
    ],
    [
      'an alias within itself',
      'name: a\nexpect: &e [*e]\n',
      /^story\.yaml:2:13 the alias `e` stands within itself$/,
    ],
    [
      'aliases that multiply',
      `name: a\n${MULTIPLYING}\nexpect: [*h, *h]\n`,
      /^story\.yaml:\d+:\d+ the aliases of the file multiply it more than 1000 times$/,
    ],
    [
      'a mapping in place of the list',
      'name: a\nexpect: { never: dep.account }\n',
      /^story\.yaml:2:9 expected a list/,
    ],
    ['a text in place of one', 'name: a\nexpect: [dep.account]\n', /^story\.yaml:2:10 expected a mapping/],
    [
      'a wrong type at depth',
      'name: a\nexpect:\n  - operation: dep.profile.define\n    fields: { $.body.url: { length: { at_least: "3" } } }\n',
      /^story\.yaml:4:49 expected a number, got the text "3"$/,
    ],
    [
      'an unknown key at depth',
      'name: a\nexpect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.session, tims: 2 }\n',
      /^story\.yaml:4:45 unknown key `tims`$/,
    ],
    [
      'a matcher within itself',
      'name: a\nexpect:\n  - operation: dep.account\n    where: { $.path: &m { not: *m } }\n',
      /^story\.yaml:4:32 the alias `m` stands within itself$/,
    ],
    [
      'a location without end',
      `name: a\nexpect:\n  - operation: dep.account\n    where: { "$${'..a'.repeat(200_000)}": present }\n`,
      /^story\.yaml:4:\d+ a location has at most 1000 characters$/,
    ],
    [
      'a location that takes without end',
      'name: a\nexpect:\n  - operation: dep.account\n    where: { "$..a..a..a..a": present }\n',
      /^story\.yaml:4:\d+ a location has at most 3 filters and `\.\.`: more take without end$/,
    ],
    [
      'a pattern without end',
      `name: a\nexpect:\n  - operation: dep.account\n    where: { $.path: { matches: "${'(a{1000}){1000}'.repeat(10)}" } }\n`,
      /^story\.yaml:4:\d+ /,
    ],
  ];
  for (const [what, text, wanted] of TABLE) {
    it(`are refused at their place: ${what}`, async () => assert.match(await told(text), wanted));
  }
});

describe('a declaration that is no good', () => {
  const SCENARIO = 'name: a\nexpect:\n  - data_sent: { declaration: own.yaml }\n';
  const TABLE: readonly (readonly [what: string, text: string, told: RegExp])[] = [
    ['nothing', '', /^own\.yaml:1:1 /],
    ['a key twice', `name: own\nname: own\nrows: [${ROW}]\n`, /^own\.yaml:2:1 the key is given twice$/],
    [
      'an alias within itself',
      'name: own\nrows: &r [*r]\n',
      /^own\.yaml:2:11 the alias `r` stands within itself$/,
    ],
    [
      'aliases that multiply',
      `name: own\n${MULTIPLYING}\nrows: [*h]\n`,
      /^own\.yaml:\d+:\d+ the aliases of the file multiply it more than 1000 times$/,
    ],
    [
      'fifty megabytes',
      `name: own\n${'# x\n'.repeat(12_500_000)}`,
      /^own\.yaml:1:1 the file has 50000010 characters/,
    ],
    ['an unknown key', `name: own\nrows: [${ROW}]\nrow: 1\n`, /^own\.yaml:3:1 unknown key `row`$/],
    ['no rows', 'name: own\nrows: []\n', /^own\.yaml:2:7 /],
    [
      'a row that can match nothing',
      `name: own\nrows:\n  - ${ROW.replace('$.body.url', '$.body.ulr')}\n`,
      /^own\.yaml:3:\d+ dep\.profile\.define has no field "ulr" in its request body$/,
    ],
  ];
  for (const [what, text, wanted] of TABLE) {
    it(`is refused at its place: ${what}`, async () => assert.match(await told(SCENARIO, text), wanted));
  }

  it('names its row where nothing of it was seen, if every row must be', async () => {
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

describe('a pattern that would backtrack without end', () => {
  it('is verified in a bounded time, over the wire', async () => {
    const apple = await simulateApple({
      name: 'a',
      expect: [{ operation: 'dep.profile.define', fields: { '$.body.url': { matches: '^(a+)+$' } } }],
    });
    const mdm = await mdmBefore(apple);
    await mdm.call('POST', '/profile', { body: { profile_name: 'p', url: `${'a'.repeat(50_000)}!` } });
    assert.equal(apple.verify().status, 'failed');
  });
});
