import type { Example } from '../example.ts';
import { altered, followed, repeated, without } from '../mutation.ts';
import { account, define, PROFILE, signIn, sync, takeToken, wait, walk, walkOn } from '../step.ts';

export const TERMS_NOT_SIGNED: Example = {
  scenario: 'incidents/terms-not-signed',
  story: [
    signIn('first try'),
    wait('half an hour passes', 1_800_000),
    signIn('second try'),
    wait('another half hour passes', 1_860_000),
    signIn('third try'),
    account(),
    walk(),
  ],
  failing: {
    'it asks again until the terms are agreed to': {
      by: without('third try', 'account', 'walk'),
      also: ['it works on once they are'],
    },
    'it does not hammer meanwhile': repeated('second try', 5),
    'it works on once they are': without('walk'),
    'nothing is asked for without a session': followed(
      'walk',
      walk('walk without a session', { session: 'none' }),
    ),
  },
};

export const SERVER_TOKEN_EXPIRED: Example = {
  scenario: 'incidents/server-token-expired',
  story: [
    signIn(),
    account(),
    walk('walk with the expired token'),
    signIn('sign in with the expired token'),
    wait('an hour passes', 3_660_000),
    takeToken('take the new token'),
    signIn('sign in with the new token'),
    account('account with the new token'),
    walk(),
  ],
  failing: {
    'the expired token is not tried again and again': repeated('sign in with the expired token', 3),
    'the former token is not used once it is replaced': followed(
      'an hour passes',
      signIn('try the former token'),
      signIn('try the former token again'),
    ),
    'the new token is put to use': without('account with the new token'),
    'the devices are asked for with it': without('walk'),
  },
};

export const SESSION_ROTATED: Example = {
  scenario: 'incidents/session-rotated',
  story: [
    signIn(),
    walk('page 1', {}, 15),
    ...[2, 3, 4].map((page) => walkOn(`page ${page}`, {}, 15)),
    sync(),
  ],
  failing: {
    'no call is made with a session that is over': altered('sync', { session: 'first' }),
    'few sessions are opened': repeated('sign in', 2),
    'the walk goes to its end': without('page 4'),
  },
};

export const OUTAGE: Example = {
  scenario: 'incidents/outage',
  story: [
    signIn(),
    walk('walk into the outage'),
    wait('wait', 61_000),
    walk(),
    sync('sync too often'),
    wait('wait once more', 61_000),
    sync(),
  ],
  failing: {
    'it waits as long as Apple says': without('wait'),
    'it waits as well where it has asked too often': without('wait once more'),
    'it comes back after the outage': {
      by: without('walk', 'sync too often', 'sync'),
      also: ['it waits as well where it has asked too often', 'it comes back to sync'],
    },
    'it comes back to sync': without('sync'),
    'its clock is right, and no nonce is used twice': followed(
      'sync',
      signIn('sign in an hour ahead', { ahead: 3600 }),
    ),
  },
};

export const USER_AGENT_REJECTED: Example = {
  scenario: 'incidents/user-agent-rejected',
  story: [signIn(), account(), walk(), sync()],
  failing: {
    'every call has a user agent': {
      by: altered('sync', { headers: { 'user-agent': '' } }),
      also: ['none of them is refused'],
    },
    'none of them is refused': altered('sync', { headers: { 'user-agent': 'godep/1' } }),
    'the devices are read': without('walk', 'sync'),
  },
};

const { support_email_address: _, ...WITHOUT_ADDRESS } = PROFILE;

export const OLD_PROTOCOL_VERSION: Example = {
  scenario: 'incidents/old-protocol-version',
  story: [signIn(), account(), walk(), define()],
  failing: {
    'every call names a version that is not old': followed('define', sync('sync', { version: 'none' })),
    'an iPad is known by iPadOS': without('walk'),
    'the organization is known by its id': without('account'),
    'the address for support is sent': altered('define', { body: WITHOUT_ADDRESS }),
  },
};
