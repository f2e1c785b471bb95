import assert from 'node:assert/strict';
import { methodOf } from '../../src/api/portal.ts';
import { portableHost } from '../../src/core/runtime.ts';
import {
  type Action,
  type ActionArguments,
  type ActionResult,
  type Crabapple,
  createCrabapple,
  type Scenario,
} from '../../src/index.ts';
import { ACTION_NAMES } from '../../src/organization/actions.ts';
import { actionSchema } from '../../src/scenario/schema/actions.ts';
import { fullScenarioSchema } from '../../src/scenario/schema/scenario.ts';

type ActionName = keyof ActionArguments;

const MAC = 'C02ACME0001';
const IPAD = 'DMPACME00001';
const APP = 361309726;
const SUBSCRIPTION = 1500000001;

/** A state in which every action of `EXAMPLES` has an effect. */
const SCENARIO: Scenario = {
  name: 'Example',
  clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
  mdm_servers: [
    { server_name: 'One', profiles: [{ profile_name: 'Standard', url: 'https://mdm.example' }] },
    { server_name: 'Two' },
  ],
  devices: [
    { serial_number: MAC, device_family: 'Mac', profile: 'Standard', profile_status: 'assigned' },
    { serial_number: IPAD, device_family: 'iPad', offline: true },
  ],
  locations: [
    {
      name: 'Headquarters',
      assets: [{ adam_id: APP, total: 5 }],
      subscriptions: [{ adam_id: SUBSCRIPTION, renewing: 1 }],
      users: [{ client_user_id: 'user-1', email: 'user-1@example.com' }],
    },
    { name: 'Branch' },
  ],
};

/** Arguments of every action, and the actions that must precede it. */
const EXAMPLES: {
  readonly [Name in ActionName]: {
    readonly argument: ActionArguments[Name];
    readonly first?: readonly Action[];
  };
} = {
  add_devices: { argument: [{ generate: 2, device_family: 'iPad' }] },
  remove_devices: { argument: [MAC] },
  move_devices: { argument: { devices: [MAC], mdm_server: 'Two' } },
  replace_devices: { argument: [{ device: MAC, replacement: { serial_number: 'C02ACME0002' } }] },
  throttle_devices: { argument: { devices: [MAC] } },
  mark_profile_fetched: { argument: [MAC] },
  expire_terms: { argument: true },
  accept_terms: { argument: true, first: [{ expire_terms: true }] },
  revoke_server_token: { argument: { mdm_server: 'Two' } },
  expire_server_token: { argument: { mdm_server: 'Two' } },
  renew_server_token: { argument: { mdm_server: 'Two' } },
  register_push: { argument: [{ serial_number: MAC, push_token: 'ab'.repeat(32) }] },
  rotate_push_tokens: { argument: [MAC] },
  rotate_push_magic: { argument: [MAC] },
  unregister_push: { argument: [MAC] },
  take_offline: { argument: [MAC] },
  bring_online: { argument: [IPAD] },
  revoke_push_certificate: { argument: true },
  revoke_push_key: { argument: true },
  buy: { argument: { adam_id: APP, count: 3 } },
  transfer: { argument: { adam_id: APP, count: 2, to: 'Branch' } },
  refund: { argument: { adam_id: APP, count: 2 } },
  buy_subscription: { argument: { adam_id: SUBSCRIPTION, renewing: 3 } },
  accept_invitation: { argument: { client_user_id: 'user-1' } },
  retire_user: { argument: { client_user_id: 'user-1' } },
  revoke_content_token: { argument: { location: 'Branch' } },
  expire_content_token: { argument: { location: 'Branch' } },
  renew_content_token: { argument: { location: 'Branch' } },
  take_over: {
    argument: { mdm_info: { id: '5b1d5d0c-2c1a-4c8f-9c2b-0a1b2c3d4e5f', name: 'Other', metadata: 'none' } },
  },
};

/** The same real time in every test: exports contain it. */
const FIXED_TIME = { ...portableHost, wall: () => Date.parse('2026-03-02T08:00:00Z') };

/** An organization of `SCENARIO` after some actions. */
async function organizationAfter(actions: readonly Action[] = []): Promise<Crabapple> {
  const apple = await createCrabapple(SCENARIO, { host: FIXED_TIME });
  for (const action of actions) await apple.act(action);
  return apple;
}

const stateOf = (apple: Crabapple): Promise<string> => apple.export(apple.snapshot());

type ActionMethod = (argument: unknown) => Promise<ActionResult>;

describe('portal actions of the API', () => {
  it('are those of the scenario schema', () => {
    const actions = actionSchema.def.options.flatMap((option) => Object.keys(option.shape));
    assert.deepEqual([...ACTION_NAMES].sort(), actions.sort());
  });

  for (const name of ACTION_NAMES) {
    it(`${methodOf(name)}() changes the state as the action ${name} does`, async () => {
      const { argument, first } = EXAMPLES[name];
      const byMethod = await organizationAfter(first);
      const before = await stateOf(byMethod);
      const method = (byMethod as unknown as Readonly<Record<string, ActionMethod>>)[methodOf(name)]!;
      const { changes } = await method(argument);
      assert.ok(changes > 0);
      const after = await stateOf(byMethod);
      assert.notEqual(after, before);
      const byAction = await organizationAfter(first);
      await byAction.act({ [name]: argument } as unknown as Action);
      assert.equal(await stateOf(byAction), after);
    });
  }
});

/** How the API changes what a scenario key describes: a call, and a reading that it changes. */
interface Change {
  readonly call: (apple: Crabapple) => unknown;
  readonly read: (apple: Crabapple) => unknown;
}

/** What a scenario key describes can be set only when the organization is created. */
const AT_CREATION = 'at creation';

const KEYS: { readonly [Key in keyof Scenario]-?: typeof AT_CREATION | readonly ActionName[] | Change } = {
  name: AT_CREATION,
  about: AT_CREATION,
  seed: AT_CREATION,
  clock: { call: ({ clock }) => clock.advance('1h'), read: ({ clock }) => clock.now },
  client_time: AT_CREATION,
  credentials: AT_CREATION,
  depsim: AT_CREATION,
  organization: ['expire_terms', 'accept_terms'],
  mdm_servers: ['renew_server_token', 'expire_server_token', 'revoke_server_token'],
  devices: [
    'add_devices',
    'remove_devices',
    'replace_devices',
    'move_devices',
    'mark_profile_fetched',
    'throttle_devices',
  ],
  push: [
    'register_push',
    'rotate_push_tokens',
    'rotate_push_magic',
    'unregister_push',
    'take_offline',
    'bring_online',
    'revoke_push_certificate',
    'revoke_push_key',
  ],
  locations: [
    'buy',
    'transfer',
    'refund',
    'buy_subscription',
    'accept_invitation',
    'retire_user',
    'renew_content_token',
    'expire_content_token',
    'revoke_content_token',
    'take_over',
  ],
  apps: AT_CREATION,
  managed_apple_accounts: AT_CREATION,
  metadata_keys: AT_CREATION,
  webhooks: AT_CREATION,
  behavior: {
    call: ({ behavior }) => behavior.set({ dep: { limit_default: 7 } }),
    read: ({ behavior }) => behavior.dep.limit_default,
  },
  faults: {
    call: ({ faults }) => faults.add({ on: 'dep.*', latency: '1s' }),
    read: ({ faults }) => faults.list,
  },
  server_faults: {
    call: ({ serverFaults }) => serverFaults.add({ on: 'dep.*', latency: '1s' }),
    read: ({ serverFaults }) => serverFaults.list,
  },
  state: {
    call: async (apple) => {
      const name = apple.snapshot();
      await apple.removeDevices([MAC]);
      await apple.restore(name);
    },
    read: ({ snapshots }) => snapshots,
  },
  timeline: {
    call: ({ timeline }) => timeline.add({ after: '1h', expire_terms: true }),
    read: ({ timeline }) => timeline.list,
  },
  expect: {
    call: (apple) => apple.expect({ operation: 'dep.session' }),
    read: (apple) => apple.verify().suites.map(({ verdicts }) => verdicts.length),
  },
  allow_silent: AT_CREATION,
};

describe('scenario keys and the API', () => {
  it('every key of the scenario schema is listed', async () => {
    const { shape } = await fullScenarioSchema();
    assert.deepEqual(Object.keys(KEYS).sort(), Object.keys(shape).sort());
  });

  it('every portal action belongs to one key', () => {
    const listed = Object.values(KEYS).flatMap((how) => (Array.isArray(how) ? how : []));
    assert.deepEqual(listed.sort(), [...ACTION_NAMES].sort());
  });

  for (const [key, how] of Object.entries(KEYS)) {
    if (typeof how === 'string' || !('call' in how)) continue;
    it(`${key} can be changed after creation`, async () => {
      const apple = await organizationAfter();
      const before = structuredClone(how.read(apple));
      await how.call(apple);
      assert.notDeepEqual(how.read(apple), before);
    });
  }
});
