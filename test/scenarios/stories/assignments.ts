import type { Example } from '../example.ts';
import { altered, repeated, without } from '../mutation.ts';
import { assign, define, details, type Known, PROFILE, remove, signIn, wait, walk, walkOn } from '../step.ts';

const COOLING = 'C02COOLDOWN1';
const AVAILABLE = 'C02AVAILABLE';

export const THROTTLED: Example = {
  scenario: 'incidents/throttled',
  story: [
    signIn(),
    walk(),
    define(),
    assign('assign', [COOLING, AVAILABLE]),
    wait('a day passes', 25 * 3_600_000),
    signIn('sign in again'),
    assign('assign again', [COOLING]),
  ],
  failing: {
    'uses a protocol version that distinguishes THROTTLED from FAILED': altered('assign again', {
      version: 8,
    }),
    'does not retry the throttled device for 24 hours': repeated('assign'),
    'retries after 24 hours': without('assign again'),
    'assigns a profile to the other devices': altered('assign', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: [COOLING] }),
    }),
  },
};

const portion =
  (number: number) =>
  ({ serials }: Known) =>
    serials.slice(number * 1000, (number + 1) * 1000);

export const TOO_MANY_IN_ONE_ASSIGNMENT: Example = {
  scenario: 'incidents/too-many-in-one-assignment',
  story: [
    signIn(),
    walk('page 1'),
    walkOn('page 2'),
    walkOn('page 3'),
    define(),
    ...[0, 1, 2].map((number) => assign(`portion ${number}`, portion(number))),
  ],
  failing: {
    'assigns at most 1,000 devices in one request': altered('portion 0', {
      body: ({ serials, profiles }: Known) => ({
        profile_uuid: profiles[0],
        devices: serials.slice(0, 1500),
      }),
    }),
    'sends every batch once': repeated('portion 2'),
    'assigns its own profile to its own devices': altered('portion 2', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['C02UNKNOWN01'] }),
    }),
  },
};

const KEEPS = 'C02KEEPS0001';
const LEAVES = 'C02LEAVES001';
const CHANGED = { ...PROFILE, department: 'Service desk' };

export const PROFILE_CHANGED: Example = {
  scenario: 'incidents/profile-changed',
  story: [
    signIn(),
    walk(),
    define(),
    assign('assign', [KEEPS, LEAVES]),
    define('define the changed one', CHANGED),
    assign('assign the changed one', [KEEPS]),
    remove('remove', [LEAVES]),
    details('details', [LEAVES]),
  ],
  failing: {
    'defines the changed profile as a new profile': altered('define the changed one', { body: PROFILE }),
    'assigns the new profile to the devices': without('assign the changed one'),
    'assigns only profiles of its own MDM server': altered('assign the changed one', {
      body: { profile_uuid: '0123456789abcdef0123456789abcdef', devices: [KEEPS] },
    }),
    'removes the profile from the departing device': {
      by: without('remove'),
      also: ['verifies the removal in the device details'],
    },
    'verifies the removal in the device details': without('details'),
  },
};
