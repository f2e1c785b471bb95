import assert from 'node:assert/strict';
import type { BehaviorSetting } from '../../src/organization/behavior.ts';
import { DEP_BEHAVIOR } from '../../src/services/dep/behavior.ts';
import { ANSWER_CASES } from './behavior/answers.ts';
import type { BehaviorCase, BehaviorName } from './behavior/case.ts';
import { DEVICE_CASES } from './behavior/devices.ts';
import { PAGE_CASES } from './behavior/pages.ts';
import { PROFILE_CASES } from './behavior/profiles.ts';
import { SERVER_TOKEN_CASES } from './behavior/server-tokens.ts';
import { SESSION_CASES } from './behavior/sessions.ts';
import { mdmOf } from './mdm.ts';
import { SCENARIO } from './operations.ts';

/** A key without a case does not compile, and a case without a key neither. */
const CASES = {
  ...PAGE_CASES,
  ...SESSION_CASES,
  ...ANSWER_CASES,
  ...PROFILE_CASES,
  ...DEVICE_CASES,
  ...SERVER_TOKEN_CASES,
} as const satisfies Readonly<Record<BehaviorName, BehaviorCase>>;

describe('every row of the behavior table of Device Enrollment', () => {
  it('has a case', () => {
    assert.deepEqual(Object.keys(CASES).sort(), Object.keys(DEP_BEHAVIOR).sort());
  });

  for (const [name, key] of Object.entries<BehaviorSetting>(DEP_BEHAVIOR)) {
    describe(`dep: ${name}`, () => {
      const { seen, off, scenario, beside, ...rest }: BehaviorCase = CASES[name as BehaviorName];
      const seenWith = async (settings: object): Promise<unknown> =>
        seen(await mdmOf({ ...SCENARIO, ...scenario, behavior: { dep: { ...beside, ...settings } } }));

      it(`by default: ${JSON.stringify(rest.default)}`, async () => {
        assert.deepEqual(await seenWith({}), rest.default);
      });

      it('off its default at all', () => assert.ok(off.length > 0));

      for (const [setting, expected] of off) {
        it(`${JSON.stringify(setting)}: ${JSON.stringify(expected)}`, async () => {
          assert.deepEqual(await seenWith({ [name]: setting }), expected);
        });
      }

      if (key.kind === 'choice') {
        it('with every word that it knows', () => {
          const words = off.map(([setting]) => setting);
          assert.deepEqual([key.default, ...words].sort(), [...key.words].sort());
        });
      }
    });
  }
});
