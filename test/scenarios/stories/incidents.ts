import type { Example } from '../example.ts';
import { followed, repeated, without } from '../mutation.ts';
import { account, assign, define, push, signIn, sync, wait, walk, wave } from '../step.ts';

const UNKNOWN_TOKEN = 'ab'.repeat(32);

export const MODIFIED_WITHOUT_ADDED: Example = {
  scenario: 'incidents/modified-without-added',
  story: [signIn(), walk(), define(), sync(), assign('assign', ['C02MOVEDIN01'])],
  failing: {
    'it is told of the Mac': without('sync'),
    'the Mac gets a profile': without('assign'),
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
    'it walks again within a week': without('walk again'),
    'it does not walk all the time': repeated('walk again', 2),
    'the missed Mac gets a profile': without('assign'),
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
    'it asks nothing for as long as Apple says': repeated('account, one too many'),
    'the Mac gets its profile in the end': without('assign'),
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
    'every Mac gets one push': without('push once more'),
    'nothing else is sent again': followed(
      'push to the third',
      push('push to an unknown token', 'C02GOAWAY001', { token: UNKNOWN_TOKEN }),
    ),
  },
};

export const ONE_STREAM_AT_A_TIME: Example = {
  scenario: 'incidents/one-stream-at-a-time',
  story: [wave('push to the first', 0, 1), wave('push to the others', 1, 4)],
  failing: {
    'every iPhone gets its push': without('push to the others'),
    'none is refused on the way': followed(
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
    'it leaves the service alone for 20 minutes': repeated('rejected push'),
    'it goes on after that': without('push after that'),
  },
};
