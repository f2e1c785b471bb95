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
    'retries until the terms are accepted': {
      by: without('third try', 'account', 'walk'),
      also: ['continues when the terms are accepted'],
    },
    'makes at most five attempts before the terms are accepted': repeated('second try', 5),
    'continues when the terms are accepted': without('walk'),
    'sends no device request without a session': followed(
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
    'tries the expired token at most three times': repeated('sign in with the expired token', 3),
    'stops using the replaced token': followed(
      'an hour passes',
      signIn('try the former token'),
      signIn('try the former token again'),
    ),
    'uses the new token': without('account with the new token'),
    'fetches the devices with the new token': without('walk'),
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
    'uses no replaced session token': altered('sync', { session: 'first' }),
    'opens at most two sessions': repeated('sign in', 2),
    'fetches until the last page': without('page 4'),
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
    'waits for the time in Retry-After': without('wait'),
    'waits for the time in Retry-After after a 429': without('wait once more'),
    'resumes the fetch after the outage': {
      by: without('walk', 'sync too often', 'sync'),
      also: ['waits for the time in Retry-After after a 429', 'resumes sync'],
    },
    'resumes sync': without('sync'),
    'signs with a correct clock and a new nonce': followed(
      'sync',
      signIn('sign in an hour ahead', { ahead: 3600 }),
    ),
  },
};

export const USER_AGENT_REJECTED: Example = {
  scenario: 'incidents/user-agent-rejected',
  story: [signIn(), account(), walk(), sync()],
  failing: {
    'sends a user agent with every request': {
      by: altered('sync', { headers: { 'user-agent': '' } }),
      also: ['gets no rejection for its user agent'],
    },
    'gets no rejection for its user agent': altered('sync', { headers: { 'user-agent': 'godep/1' } }),
    'fetches the devices': without('walk', 'sync'),
  },
};

const { support_email_address: _, ...WITHOUT_ADDRESS } = PROFILE;

export const OLD_PROTOCOL_VERSION: Example = {
  scenario: 'incidents/old-protocol-version',
  story: [signIn(), account(), walk(), define()],
  failing: {
    'sends protocol version 7 or later with every request': followed(
      'define',
      sync('sync', { version: 'none' }),
    ),
    'sees iPadOS as the operating system of an iPad': without('walk'),
    'sees the ID of the organization': without('account'),
    'sends the support e-mail address': altered('define', { body: WITHOUT_ADDRESS }),
  },
};
