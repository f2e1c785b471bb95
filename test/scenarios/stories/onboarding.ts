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
    'the profile contains the support contact': altered('define', {
      body: { ...PROFILE, support_email_address: 'support@elsewhere.example' },
    }),
    'the Mac gets the profile of its own MDM server': altered('assign', {
      body: { profile_uuid: '0123456789abcdef0123456789abcdef', devices: [MAC] },
    }),
    'every push uses the PushMagic of its device': altered('push', { magic: 'another' }),
    'never dep.devices.disown': followed('push', disown('disown', [])),
    'dep.session, then dep.account, then dep.devices.fetch, then dep.profile.define, then dep.profile.assign':
      swapped('account', 'walk'),
    'only declared data is sent': altered('define', {
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
    'requests pages of at least 500 devices': {
      by: altered('page 3', { body: ({ cursor }: Known) => ({ cursor, limit: 100 }) }),
      also: ['fetches until the last page'],
    },
    'fetches the inventory once': followed('page 5', walk('walk again')),
    'fetches until the last page': {
      by: without('page 5'),
      also: ['assigns at most 1,000 devices at a time', 'assigns only devices of this MDM server'],
    },
    'assigns at most 1,000 devices at a time': altered('portion 4', {
      body: ({ serials, profiles }: Known) => ({
        profile_uuid: profiles[0],
        devices: serials.slice(0, 1001),
      }),
    }),
    'assigns only devices of this MDM server': altered('portion 4', {
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
    'reads the account before the devices': {
      by: swapped('account', 'walk'),
      also: ['uses the renewed token'],
    },
    'reads the account in protocol version 3 or later': altered('account', {
      version: 2,
    }),
    'signs every request correctly': followed(
      'sync',
      signIn('sign in with a wrong secret', { forged: true }),
    ),
    'tries the former token at most twice': repeated('sign in with the former token', 2),
    'uses the renewed token': without('take the renewed token'),
    'does not fetch the inventory again': followed('account with the renewed token', walk('walk once more')),
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
    'the account is identified as a school': altered('account', { version: 2 }),
    'Shared iPads wait until they are configured': altered('define for the iPads', {
      body: { ...SHARED, await_device_configured: false },
    }),
    "the teachers' Macs have a separate profile": altered('define for the Macs', {
      body: { ...TEACHERS, is_mdm_removable: true },
    }),
    'the Shared iPad gets a profile': altered('assign the iPads', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['DMPSCHOOL002'] }),
    }),
    "the teacher's Mac gets a profile": altered('assign the Macs', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[1], devices: ['C02SCHOOL002'] }),
    }),
    'each profile is assigned once': repeated('assign the Macs'),
    'the school roster is not requested': followed(
      'sync',
      other('POST', '/roster/class', 'roster', { body: {} }),
    ),
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
    'the new MDM assigns its own profile before the deadline': followed(
      'new: sync',
      wait('six days pass', 6 * 86_400_000),
      signIn('old: sign in again'),
    ),
    'the new MDM assigns the profile to both Macs': altered('new: assign', {
      body: ({ profiles }: Known) => ({ profile_uuid: profiles[0], devices: ['C02MOVING001'] }),
    }),
    'the old MDM reads the deletion from sync': without('old: sync'),
    'neither MDM assigns a device of the other': followed('old: sync', assign('old: assign again', MOVING)),
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
    'version 1 receives no device family': altered('1: walk', { version: 2 }),
    'version 2 receives the device family': altered('2: walk', { version: 1 }),
    'version 3 receives the ID of the organization': altered('3: account', { version: 2 }),
    'version 10 receives network interfaces': altered('10: walk', { version: 7 }),
    'version 1 sends no newer field': altered('1: define', { body: PROFILE }),
    'later versions send a support e-mail address': altered('3: define', { body: WITHOUT_ADDRESS }),
  },
};
