import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';

const HEAD = 'name: test\nmdm_servers:\n  - server_name: Acme MDM\n';

const read = (path: string): string => readFileSync(path, 'utf8');

/** Each problem as `line:column message; hint`, the lines counted from the first after the head. */
async function problemsOf(text: string, reader = read): Promise<readonly string[]> {
  try {
    await loadScenario('scenarios/test.yaml', HEAD + text, reader);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(
      ({ line = 0, column, message, hint }) =>
        `${line - 3}:${column} ${message}${hint === undefined ? '' : `; ${hint}`}`,
    );
  }
}

const TABLE: readonly (readonly [about: string, text: string, ...problems: readonly string[]])[] = [
  ['a good file', 'expect:\n  - operation: dep.account\n'],
  [
    'an operation that nobody has',
    'expect:\n  - operation: dep.acount\n',
    '2:16 no operation is named "dep.acount"; did you mean `dep.account`?',
  ],
  [
    'a pattern that stands for nothing',
    'expect:\n  - never: dip.*\n',
    '2:12 no operation is named "dip.*"; it must be one of ',
  ],
  [
    'a field that the operation does not have',
    'expect:\n  - operation: dep.profile.define\n    fields: { $.body.profil_name: present }\n',
    '3:15 dep.profile.define has no field "profil_name" in its request body; did you mean `profile_name`?',
  ],
  [
    'a field of another operation',
    'expect:\n  - operation: dep.account\n    fields:\n      $.body.profile_name: present\n',
    '4:7 dep.account has no "profile_name" in its request body; no field of its request body is known',
  ],
  [
    'a field of the answer, by the nearest name',
    'expect:\n  - operation: dep.devices.*\n    each: { "$.response.body.devices[*].serialnumber": present }\n',
    '3:13 dep.devices.fetch has no field "serialnumber" in its response body; did you mean `serial_number`?',
  ],
  [
    'a part that no exchange has',
    'expect:\n  - operation: dep.account\n    where: { $.boddy: present }\n',
    '3:14 an exchange has no "boddy"; did you mean `body`?',
  ],
  [
    'a header in capitals',
    'expect:\n  - operation: dep.account\n    where: { "$.headers[\'User-Agent\']": present }\n',
    '3:14 no header is named User-Agent; header names stand in lower case: user-agent',
  ],
  [
    'what is no location',
    'expect:\n  - operation: dep.account\n    where: { profile_name: present }\n',
    '3:14 a location is a JSONPath and begins with $, or is one of protocol_version, push_magic',
  ],
  [
    'a JSONPath that breaks off',
    'expect:\n  - operation: dep.account\n    where: { "$.body[?@.a": present }\n',
    '3:29 ',
  ],
  [
    'a regular expression that is none',
    "expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { matches: '(' } }\n",
    '3:45 ',
  ],
  [
    'a regular expression that takes more than linear time',
    "expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { matches: '(?=a)b' } }\n",
    '3:45 ',
  ],
  [
    'a matcher that is not known',
    'expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { equal: IT } }\n',
    '3:36 unknown key `equal`; did you mean `equals`?',
  ],
  [
    'a word that is no matcher',
    'expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: presnt }\n',
    '3:34 "presnt" is not known here; did you mean `present`?',
  ],
  [
    'an MDM server that is not there',
    'expect:\n  - operation: dep.profile.assign\n    each: { "$.body.devices[*]": { serial_of: { mdm_server: Acm MDM } } }\n',
    '3:61 no MDM server of this file is named "Acm MDM"; did you mean `Acme MDM`?',
  ],
  [
    'contradictory times',
    'expect:\n  - operation: dep.account\n    times: { at_least: 3, at_most: 2 }\n',
    '3:12 no number is at least 3 and at most 2',
  ],
  [
    'times that say nothing',
    'expect:\n  - operation: dep.account\n    times: {}\n',
    '3:12 `times` says nothing: give a number, `at_least` or `at_most`',
  ],
  [
    'fields of none',
    'expect:\n  - operation: dep.profile.define\n    times: 0\n    fields: { $.body.url: present }\n',
    '3:12 where none may come, none can satisfy `fields` or `each`',
  ],
  [
    'two kinds in one',
    'expect:\n  - operation: dep.account\n    never: dep.session\n',
    '3:12 `operation` and `never` exclude each other: write two expectations',
  ],
  [
    'no kind at all',
    'expect:\n  - name: something\n',
    '2:5 an expectation needs one of `operation`, `never`, `in_order`, `data_sent`',
  ],
  [
    'what says nothing',
    'expect:\n  - never: dep.account\n    times: 2\n',
    '3:12 `times` says nothing beside `never`',
  ],
  [
    'an order with a doublet',
    'expect:\n  - in_order: [dep.account, dep.session, dep.account]\n',
    '2:42 dep.account is named twice; its first occurrence is only one',
  ],
  [
    'an order of nothing known',
    'expect:\n  - in_order: [dep.account, dep.sesion]\n',
    '2:29 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a window after nothing',
    'expect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.sesion }\n',
    '3:32 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a window from what the operation does not have',
    'expect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.session, where: { $.body.x: present } }\n',
    '3:54 dep.session has no "x" in its request body; no field of its request body is known',
  ],
  [
    'a declaration that is not there',
    'expect:\n  - data_sent: { declaration: declarations/intone.yaml }\n',
    '2:31 the declaration scenarios/declarations/intone.yaml cannot be read; ',
  ],
  [
    'a declaration of its own that matches nothing',
    'expect:\n  - data_sent:\n      declaration:\n        name: own\n        rows:\n          - { service: DEP, item: name, direction: sent, personal_data: no, at: { dep.profile.define: $.body.profilename } }\n',
    '6:103 dep.profile.define has no field "profilename" in its request body; did you mean `profile_name`?',
  ],
  [
    'a timeline without a time',
    'timeline:\n  - expire_terms: true\n',
    '2:5 an entry of the timeline needs either `at` or `after`',
  ],
  [
    'a timeline without an action',
    'timeline:\n  - after: 5m\n',
    '2:5 an entry of the timeline needs an action: one of ',
  ],
  [
    'two actions in one entry',
    'timeline:\n  - { after: 5m, expire_terms: true, accept_terms: true }\n',
    '2:52 one action an entry: `expire_terms` and `accept_terms` need two',
  ],
  [
    'an action that is not known',
    'timeline:\n  - { after: 5m, expir_terms: true }\n',
    '2:18 unknown key `expir_terms`; did you mean `expire_terms`?',
  ],
  [
    'traffic of nothing known',
    'timeline:\n  - { after: { operation: dep.sesion }, expire_terms: true }\n',
    '2:27 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a fault where nothing is',
    'faults:\n  - { on: dep.account, latency: 1s, where: { $.body.x: present } }\n',
    '2:46 dep.account has no "x" in its request body; no field of its request body is known',
  ],
];

describe('expectations and timeline in a scenario file', () => {
  for (const [about, text, ...problems] of TABLE) {
    it(`${about}: ${problems.length === 0 ? 'taken' : 'refused at its place'}`, async () => {
      const found = await problemsOf(text);
      const cut = found.slice(0, problems.length).map((problem, index) => {
        const wanted = problems[index]!;
        return /[; ]$/.test(wanted) ? problem.slice(0, wanted.length) : problem;
      });
      assert.deepEqual(cut, problems);
      if (problems.length === 0) assert.deepEqual(found, []);
    });
  }

  it('wrong rows of a declaration are told with the lines of the declaration', async () => {
    const declaration = [
      'name: own',
      'rows:',
      '  - { service: DEP, item: a, direction: sent, personal_data: no, at: { dep.profil.define: $.body.url } }',
      '  - { service: DEP, item: b, direction: received, personal_data: no, at: { dep.profile.define: $.body.url } }',
      '  - { service: DEP, item: c, direction: sent, personal_data: none, at: { dep.profile.define: $.body.url } }',
      '',
    ];
    const told = async (text: string): Promise<string> => {
      try {
        await loadScenario(
          'scenarios/test.yaml',
          `${HEAD}expect:\n  - data_sent: { declaration: own.yaml }\n`,
          () => text,
        );
        return 'nothing';
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(
      await told(declaration.join('\n')),
      'scenarios/own.yaml:5:62: "none" is not known here (it must be one of no, maybe, pseudonym, yes)',
    );
    assert.equal(
      await told(declaration.slice(0, 3).join('\n')),
      'scenarios/own.yaml:3:72: no operation is named "dep.profil.define" (did you mean `dep.profile.define`?)',
    );
    const second = [declaration[0], declaration[1], declaration[3]].join('\n');
    assert.equal(
      await told(second),
      'scenarios/own.yaml:3:41: at these places it is sent, not received (what stands under $.response is received, all else is sent)',
    );
  });

  it('where nothing can be read, the declaration must stand in the file itself', async () => {
    const text = `${HEAD}expect:\n  - data_sent: { declaration: intune.yaml }\n`;
    await assert.rejects(loadScenario('test.yaml', text), /cannot be read from here/);
  });

  it('expectations keep the place where they stand', async () => {
    const { verification } = await loadScenario(
      'scenarios/test.yaml',
      `${HEAD}expect:\n  - never: dep.devices.disown\n  - name: second\n    operation: dep.account\n`,
    );
    assert.deepEqual(
      verification.expectations.map(({ place }) => place),
      [
        { file: 'scenarios/test.yaml', line: 5, column: 5 },
        { file: 'scenarios/test.yaml', line: 6, column: 5 },
      ],
    );
  });
});
