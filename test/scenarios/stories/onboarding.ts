import type { Example } from '../example.ts';
import { altered, followed, repeated, swapped, without } from '../mutation.ts';
import {
  account,
  assign,
  define,
  disown,
  type Known,
  other,
  PROFILE,
  push,
  signIn,
  sync,
  takeToken,
  wait,
  walk,
  walkOn,
} from '../step.ts';

const MAC = 'C02ACME00001';

export const FIRST_DAY: Example = {
  scenario: 'first-day',
  story: [
    signIn('sign in before the terms are signed'),
    signIn(),
    account(),
    walk(),
    define(),
    assign('assign', [MAC]),
    push('push', MAC),
  ],
  failing: {
    'the profile carries the support contact': altered('define', {
      body: { ...PROFILE, support_email_address: 'support@elsewhere.example' },
    }),
    'the Mac gets the profile of its own MDM server': altered('assign', {
      body: { profile_uuid: '0123456789abcdef0123456789abcdef', devices: [MAC] },
    }),
    "every push uses the device's own magic": altered('push', { magic: 'another' }),
    'never dep.devices.disown': followed('push', disown('disown', [])),
    'dep.session, then dep.account, then dep.devices.fetch, then dep.profile.define, then dep.profile.assign':
      swapped('account', 'walk'),
    'nothing leaves that the declaration does not declare': altered('define', {
      body: { ...PROFILE, description_of_owner: 'Pat, first floor' },
    }),
  },
};

const portion =
  (number: number, size = 1000) =>
  ({ serials }: Known) =>
    serials.slice(number * size, (number + 1) * size);

export const FIVE_THOUSAND_IPHONES: Example = {
  scenario: 'five-thousand-iphones',
  story: [
    signIn(),
    walk('page 1'),
    ...[2, 3, 4, 5].map((page) => walkOn(`page ${page}`)),
    define(),
    ...[0, 1, 2, 3, 4].map((number) => assign(`portion ${number}`, portion(number))),
  ],
  failing: {
    'the pages are large': {
      by: altered('page 3', { body: ({ cursor }: Known) => ({ cursor, limit: 100 }) }),
      also: ['the walk goes to its end'],
    },
    'the inventory is walked once': followed('page 5', walk('walk again')),
    'the walk goes to its end': {
      by: without('page 5'),
      also: ['at most a thousand in one assignment', 'every assignment is of devices that are ours'],
    },
    'at most a thousand in one assignment': altered('portion 4', {
      body: ({ serials, profiles }: Known) => ({
        profile_uuid: profiles[0],
        devices: serials.slice(0, 1001),
      }),
    }),
    'every assignment is of devices that are ours': altered('portion 4', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['C02UNKNOWN01'] }),
    }),
  },
};

export const TOKEN_ONBOARDING: Example = {
  scenario: 'token-onboarding',
  story: [
    signIn(),
    account(),
    walk(),
    sync('sync with the former token'),
    signIn('sign in with the former token'),
    takeToken('take the renewed token'),
    signIn('sign in with the renewed token'),
    account('account with the renewed token'),
    sync(),
  ],
  failing: {
    'whose organization it is comes first': {
      by: swapped('account', 'walk'),
      also: ['the renewed token is taken over'],
    },
    "the account is asked for in a version that tells the organization's id": altered('account', {
      version: 2,
    }),
    'every signature is right': followed('sync', signIn('sign in with a wrong secret', { forged: true })),
    'the former token is not tried again and again': repeated('sign in with the former token', 2),
    'the renewed token is taken over': without('take the renewed token'),
    'a new token is no reason to walk again': followed(
      'account with the renewed token',
      walk('walk once more'),
    ),
  },
};

const SHARED = {
  ...PROFILE,
  profile_name: 'Shared iPads',
  is_multi_user: true,
  await_device_configured: true,
};
const TEACHERS = { ...PROFILE, profile_name: 'Teachers' };

export const SCHOOL: Example = {
  scenario: 'school',
  story: [
    signIn(),
    account(),
    walk(),
    define('define for the iPads', SHARED),
    assign('assign the iPads', ({ serials }) => serials.filter((serial) => serial.startsWith('DMP'))),
    define('define for the Macs', TEACHERS),
    assign('assign the Macs', ({ serials }) => serials.filter((serial) => !serial.startsWith('DMP'))),
    sync(),
  ],
  failing: {
    'the school is known as one': altered('account', { version: 2 }),
    'shared iPads wait until they are configured': altered('define for the iPads', {
      body: { ...SHARED, await_device_configured: false },
    }),
    "teachers' Macs have a profile of their own": altered('define for the Macs', {
      body: { ...TEACHERS, is_mdm_removable: true },
    }),
    'the shared iPad gets a profile': altered('assign the iPads', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['DMPSCHOOL002'] }),
    }),
    "the teacher's Mac gets a profile": altered('assign the Macs', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[1], devices: ['C02SCHOOL002'] }),
    }),
    'no device gets both profiles': repeated('assign the Macs'),
    'the roster is left alone': followed('sync', other('POST', '/roster/class', 'roster', { body: {} })),
  },
};

const NEW = { server: 1 };
const MOVING = ['C02MOVING001', 'C02MOVING002'];

export const MDM_MIGRATION: Example = {
  scenario: 'mdm-migration',
  story: [
    signIn('old: sign in'),
    walk('old: walk'),
    define('old: define'),
    signIn('new: sign in', NEW),
    walk('new: walk', NEW),
    define('new: define', PROFILE, NEW),
    assign('old: assign', [...MOVING, 'C02STAYING01']),
    sync('new: sync', NEW),
    assign('new: assign', MOVING, NEW),
    sync('old: sync'),
  ],
  failing: {
    'the new MDM sees the deadline': altered('new: sync', { version: 7 }),
    'the new MDM assigns a profile of its own before the deadline': followed(
      'new: sync',
      wait('six days pass', 6 * 86_400_000),
      signIn('old: sign in again'),
    ),
    'the new MDM forgets neither Mac': altered('new: assign', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['C02MOVING001'] }),
    }),
    'the old MDM learns that they are gone': without('old: sync'),
    'nobody assigns what belongs to the other': followed('old: sync', assign('old: assign again', MOVING)),
  },
};

const versions = [1, 2, 3, 10] as const;
const { support_email_address: _, ...WITHOUT_ADDRESS } = PROFILE;

export const PROTOCOL_VERSIONS: Example = {
  scenario: 'protocol-versions',
  story: versions.flatMap((version, server) => [
    signIn(`${version}: sign in`, { server, version }),
    account(`${version}: account`, { server, version }),
    walk(`${version}: walk`, { server, version }),
    define(`${version}: define`, version === 1 ? WITHOUT_ADDRESS : PROFILE, { server, version }),
  ]),
  failing: {
    'version 1 knows no family': altered('1: walk', { version: 2 }),
    'version 2 knows the family': altered('2: walk', { version: 1 }),
    'version 3 knows the organization': altered('3: account', { version: 2 }),
    'version 10 knows the network interfaces': altered('10: walk', { version: 7 }),
    'version 1 sends no field that is newer': altered('1: define', { body: PROFILE }),
    'the others give an address for support': altered('3: define', { body: WITHOUT_ADDRESS }),
  },
};
