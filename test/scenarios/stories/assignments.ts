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
    'it asks in a version that tells THROTTLED from FAILED': altered('assign again', { version: 8 }),
    'it leaves the device alone for the time that Apple named': repeated('assign'),
    'it tries again after that': without('assign again'),
    'the others are assigned all the same': altered('assign', {
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
    'no portion is larger than a thousand': altered('portion 0', {
      body: ({ serials, profiles }: Known) => ({
        profile_uuid: profiles[0],
        devices: serials.slice(0, 1500),
      }),
    }),
    'no portion is sent twice': repeated('portion 2'),
    'the portions are ours and belong to one profile': altered('portion 2', {
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
    'the change is a profile of its own': altered('define the changed one', { body: PROFILE }),
    'the devices get the profile that is new': without('assign the changed one'),
    'only profiles of its own are assigned': altered('assign the changed one', {
      body: { profile_uuid: '0123456789abcdef0123456789abcdef', devices: [KEEPS] },
    }),
    'the device that leaves loses its profile': {
      by: without('remove'),
      also: ['it is looked after whether that has happened'],
    },
    'it is looked after whether that has happened': without('details'),
  },
};
