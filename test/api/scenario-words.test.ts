import assert from 'node:assert/strict';
import { methodOf } from '../../src/api/live/portal.ts';
import { type Crabapple, createCrabapple, type Scenario } from '../../src/index.ts';
import { ACTION_NAMES } from '../../src/organization/portal/action-names.ts';
import { actionSchema } from '../../src/scenario/schema/actions.ts';
import { wholeScenarioSchema } from '../../src/scenario/schema/scenario.ts';
import { CATALOG } from '../../src/services/index.ts';

/** Where a word makes sense at the start alone: `createCrabapple()` and `organizations.add()` take it in the scenario. */
const AT_THE_START = 'at the start';

/** How each word of a scenario is said by a method later. */
const WORDS: { readonly [Word in keyof Scenario]-?: typeof AT_THE_START | readonly string[] } = {
  name: AT_THE_START,
  about: AT_THE_START,
  seed: AT_THE_START,
  clock: ['clock.set', 'clock.advance', 'clock.freeze', 'clock.run'],
  client_time: AT_THE_START,
  credentials: AT_THE_START,
  depsim: AT_THE_START,
  organization: ['expireTerms', 'acceptTerms'],
  mdm_servers: ['renewServerToken', 'expireServerToken', 'revokeServerToken'],
  devices: [
    'addDevices',
    'removeDevices',
    'replaceDevices',
    'moveDevices',
    'markProfileFetched',
    'throttleDevices',
  ],
  push: [
    'registerPush',
    'rotatePushTokens',
    'rotatePushMagic',
    'unregisterPush',
    'takeOffline',
    'bringOnline',
    'revokePushCertificate',
    'revokePushKey',
  ],
  locations: [
    'buy',
    'transfer',
    'refund',
    'buySubscription',
    'acceptInvitation',
    'retireUser',
    'renewContentToken',
    'expireContentToken',
    'revokeContentToken',
    'takeOver',
  ],
  apps: AT_THE_START,
  managed_apple_accounts: AT_THE_START,
  metadata_keys: AT_THE_START,
  webhooks: AT_THE_START,
  behavior: ['behavior.set'],
  faults: ['faults.add', 'faults.remove', 'faults.clear'],
  server_faults: ['serverFaults.add', 'serverFaults.remove', 'serverFaults.clear'],
  state: ['restore', 'snapshot', 'export'],
  timeline: ['timeline.add', 'act'],
  expect: ['expect'],
  allow_silent: AT_THE_START,
};

const { shape } = await wholeScenarioSchema(CATALOG);

const methodAt = (apple: Crabapple, path: string): unknown =>
  path.split('.').reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], apple);

describe('everything that a scenario can say', () => {
  let apple: Crabapple;

  before(async () => {
    apple = await createCrabapple({ name: 'Words' });
  });

  it('is in this table', () => {
    assert.deepEqual(Object.keys(WORDS).sort(), Object.keys(shape).sort());
  });

  for (const [word, how] of Object.entries(WORDS)) {
    if (how === AT_THE_START) {
      it(`\`${word}\` makes sense at the start, in the scenario`, () => {
        assert.ok(word in shape);
      });
      continue;
    }
    it(`\`${word}\` is said by ${how.join(', ')}`, () => {
      for (const path of how) assert.equal(typeof methodAt(apple, path), 'function', path);
    });
  }

  it('has a method for each action, and names it in the table', () => {
    const actions = actionSchema.def.options.flatMap((option) => Object.keys(option.shape));
    assert.deepEqual([...ACTION_NAMES].sort(), actions.sort());
    const named = Object.values(WORDS).flat();
    for (const action of actions) {
      assert.equal(typeof methodAt(apple, methodOf(action)), 'function', action);
      assert.ok(named.includes(methodOf(action)), `${methodOf(action)} stands in no row`);
    }
  });
});
