import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';

const HEAD = 'name: test\nmdm_servers:\n  - server_name: Acme MDM\n';

const read = (path: string): string => readFileSync(path, 'utf8');

/** Each problem as `line:column message; hint`. Line 1 is the first after the head. */
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
  ['a valid file', 'expect:\n  - operation: dep.account\n'],
  [
    'an operation that does not exist',
    'expect:\n  - operation: dep.acount\n',
    '2:16 no operation is named "dep.acount"; did you mean `dep.account`?',
  ],
  [
    'a pattern that matches no operation',
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
    '4:7 dep.account has no "profile_name" in its request body; its request body has no known fields',
  ],
  [
    'a field of the response, with the nearest name',
    'expect:\n  - operation: dep.devices.*\n    each: { "$.response.body.devices[*].serialnumber": present }\n',
    '3:13 dep.devices.fetch has no field "serialnumber" in its response body; did you mean `serial_number`?',
  ],
  [
    'an unknown part of the exchange',
    'expect:\n  - operation: dep.account\n    where: { $.boddy: present }\n',
    '3:14 an exchange has no "boddy"; did you mean `body`?',
  ],
  [
    'a header name with capitals',
    'expect:\n  - operation: dep.account\n    where: { "$.headers[\'User-Agent\']": present }\n',
    '3:14 no header is named User-Agent; write header names in lower case: user-agent',
  ],
  [
    'a key that is not a location',
    'expect:\n  - operation: dep.account\n    where: { profile_name: present }\n',
    '3:14 a location is a JSONPath that starts with $, or one of protocol_version, push_magic',
  ],
  [
    'an incomplete JSONPath',
    'expect:\n  - operation: dep.account\n    where: { "$.body[?@.a": present }\n',
    '3:29 ',
  ],
  [
    'an invalid regular expression',
    "expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { matches: '(' } }\n",
    '3:45 ',
  ],
  [
    'a regular expression that RE2 does not support',
    "expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { matches: '(?=a)b' } }\n",
    '3:45 ',
  ],
  [
    'an unknown matcher',
    'expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: { equal: IT } }\n',
    '3:36 unknown key `equal`; did you mean `equals`?',
  ],
  [
    'an unknown matcher word',
    'expect:\n  - operation: dep.profile.define\n    fields: { $.body.department: presnt }\n',
    '3:34 unknown value "presnt"; did you mean `present`?',
  ],
  [
    'an MDM server that does not exist',
    'expect:\n  - operation: dep.profile.assign\n    each: { "$.body.devices[*]": { serial_of: { mdm_server: Acm MDM } } }\n',
    '3:61 no MDM server of this file is named "Acm MDM"; did you mean `Acme MDM`?',
  ],
  [
    'contradictory times',
    'expect:\n  - operation: dep.account\n    times: { at_least: 3, at_most: 2 }\n',
    '3:12 no number is at least 3 and at most 2',
  ],
  [
    'empty times',
    'expect:\n  - operation: dep.account\n    times: {}\n',
    '3:12 `times` is empty: write a number, `at_least` or `at_most`',
  ],
  [
    'fields with `times: 0`',
    'expect:\n  - operation: dep.profile.define\n    times: 0\n    fields: { $.body.url: present }\n',
    '3:12 with `times: 0`, no exchange can satisfy `fields` or `each`',
  ],
  [
    'two kinds of expectation in one',
    'expect:\n  - operation: dep.account\n    never: dep.session\n',
    '3:12 `operation` and `never` exclude each other: write two expectations',
  ],
  [
    'no kind of expectation',
    'expect:\n  - name: something\n',
    '2:5 an expectation needs one of `operation`, `never`, `in_order`, `data_sent`',
  ],
  [
    'a member that the kind does not allow',
    'expect:\n  - never: dep.account\n    times: 2\n',
    '3:12 `times` cannot be combined with `never`',
  ],
  [
    'an order with a duplicate',
    'expect:\n  - in_order: [dep.account, dep.session, dep.account]\n',
    '2:42 dep.account is listed twice, but it has only one first exchange',
  ],
  [
    'an order with an unknown operation',
    'expect:\n  - in_order: [dep.account, dep.sesion]\n',
    '2:29 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a period after an unknown operation',
    'expect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.sesion }\n',
    '3:32 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a period with an unknown field',
    'expect:\n  - operation: dep.account\n    within: { time: 5m, after: dep.session, where: { $.body.x: present } }\n',
    '3:54 dep.session has no "x" in its request body; its request body has no known fields',
  ],
  [
    'a declaration file that does not exist',
    'expect:\n  - data_sent: { declaration: declarations/intone.yaml }\n',
    '2:31 the declaration scenarios/declarations/intone.yaml cannot be read; ',
  ],
  [
    'an inline declaration with an unknown field',
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
    '2:52 an entry has one action: write two entries for `expire_terms` and `accept_terms`',
  ],
  [
    'an unknown action',
    'timeline:\n  - { after: 5m, expir_terms: true }\n',
    '2:18 unknown key `expir_terms`; did you mean `expire_terms`?',
  ],
  [
    'an entry after an unknown operation',
    'timeline:\n  - { after: { operation: dep.sesion }, expire_terms: true }\n',
    '2:27 no operation is named "dep.sesion"; did you mean `dep.session`?',
  ],
  [
    'a fault with an unknown field',
    'faults:\n  - { on: dep.account, latency: 1s, where: { $.body.x: present } }\n',
    '2:46 dep.account has no "x" in its request body; its request body has no known fields',
  ],
];

describe('expectations and timeline in a scenario file', () => {
  for (const [about, text, ...problems] of TABLE) {
    it(`${about}: ${problems.length === 0 ? 'accepted' : 'rejected with line and column'}`, async () => {
      const found = await problemsOf(text);
      const cut = found.slice(0, problems.length).map((problem, index) => {
        const wanted = problems[index]!;
        return /[; ]$/.test(wanted) ? problem.slice(0, wanted.length) : problem;
      });
      assert.deepEqual(cut, problems);
      if (problems.length === 0) assert.deepEqual(found, []);
    });
  }

  it('problems in a declaration file have its lines and columns', async () => {
    const declaration = [
      'name: own',
      'rows:',
      '  - { service: DEP, item: a, direction: sent, personal_data: no, at: { dep.profil.define: $.body.url } }',
      '  - { service: DEP, item: b, direction: received, personal_data: no, at: { dep.profile.define: $.body.url } }',
      '  - { service: DEP, item: c, direction: sent, personal_data: none, at: { dep.profile.define: $.body.url } }',
      '',
    ];
    const problemIn = async (text: string): Promise<string> => {
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
      await problemIn(declaration.join('\n')),
      'scenarios/own.yaml:5:62: unknown value "none" (it must be one of no, maybe, pseudonym, yes)',
    );
    assert.equal(
      await problemIn(declaration.slice(0, 3).join('\n')),
      'scenarios/own.yaml:3:72: no operation is named "dep.profil.define" (did you mean `dep.profile.define`?)',
    );
    const second = [declaration[0], declaration[1], declaration[3]].join('\n');
    assert.equal(
      await problemIn(second),
      'scenarios/own.yaml:3:41: the places of this row are sent, not received (a location under $.response is received, any other location is sent)',
    );
  });

  it('without a file reader, the declaration must be inline', async () => {
    const text = `${HEAD}expect:\n  - data_sent: { declaration: intune.yaml }\n`;
    await assert.rejects(loadScenario('test.yaml', text), /cannot be read here/);
  });

  it('expectations have their line and column', async () => {
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
