import type { Example } from '../example.ts';
import { followed, repeated, without } from '../mutation.ts';
import { account, assign, define, push, signIn, sync, wait, walk, wave } from '../step.ts';

const UNKNOWN_TOKEN = 'ab'.repeat(32);

export const MODIFIED_WITHOUT_ADDED: Example = {
  scenario: 'incidents/modified-without-added',
  story: [signIn(), walk(), define(), sync(), assign('assign', ['C02MOVEDIN01'])],
  failing: {
    'receives the Mac from sync as modified': without('sync'),
    'assigns a profile to the Mac': without('assign'),
  },
};

export const EVENTS_LOST: Example = {
  scenario: 'incidents/events-lost',
  story: [
    signIn(),
    walk(),
    define(),
    sync(),
    wait('a day passes', 86_400_000),
    signIn('sign in again'),
    walk('walk again'),
    assign('assign', ['C02MISSED001']),
  ],
  failing: {
    'runs a full fetch within a week': without('walk again'),
    'runs at most three full fetches': repeated('walk again', 2),
    'assigns a profile to the missed Mac': without('assign'),
  },
};

export const STORM_OF_REQUESTS: Example = {
  scenario: 'incidents/storm-of-requests',
  story: [
    signIn(),
    walk(),
    define(),
    account(),
    account('account, one too many'),
    wait('a minute passes', 61_000),
    assign('assign', ['C02STORM0001']),
  ],
  failing: {
    'sends no request before Retry-After has passed': repeated('account, one too many'),
    'assigns the profile to the Mac eventually': without('assign'),
  },
};

export const GOAWAY_IN_MID_STREAM: Example = {
  scenario: 'incidents/goaway-in-mid-stream',
  story: [
    push('push to the first', 'C02GOAWAY001'),
    push('push that is lost', 'C02GOAWAY002'),
    push('push once more', 'C02GOAWAY002'),
    push('push to the third', 'C02GOAWAY003'),
  ],
  failing: {
    'delivers one push to every Mac': without('push once more'),
    'resends only the unprocessed push': followed(
      'push to the third',
      push('push to an unknown token', 'C02GOAWAY001', { token: UNKNOWN_TOKEN }),
    ),
  },
};

export const ONE_STREAM_AT_A_TIME: Example = {
  scenario: 'incidents/one-stream-at-a-time',
  story: [wave('push to the first', 0, 1), wave('push to the others', 1, 4)],
  failing: {
    'delivers a push to every iPhone': without('push to the others'),
    'respects the stream limit': followed(
      'push to the others',
      push('push to an unknown token', 'C02STREAM001', { token: UNKNOWN_TOKEN }),
    ),
  },
};

export const PROVIDER_TOKEN_TOO_OFTEN: Example = {
  scenario: 'incidents/provider-token-too-often',
  story: [
    push('push', 'C02SIGNER001'),
    push('rejected push', 'C02SIGNER001'),
    wait('twenty minutes pass', 1_260_000),
    push('push after that', 'C02SIGNER001'),
  ],
  failing: {
    'sends nothing for 20 minutes': repeated('rejected push'),
    'continues after the wait': without('push after that'),
  },
};
