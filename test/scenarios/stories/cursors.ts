import type { Example } from '../example.ts';
import { altered, followed, repeated, swapped, without } from '../mutation.ts';
import { account, assign, define, disown, PROFILE, signIn, sync, wait, walk } from '../step.ts';

export const CURSOR_EXPIRED: Example = {
  scenario: 'incidents/cursor-expired',
  story: [
    signIn(),
    walk('walk'),
    sync('sync, expired'),
    walk('walk after expiry'),
    sync('sync after expiry'),
    sync('sync, unknown'),
    walk('walk after the unknown'),
    sync('sync after the unknown'),
  ],
  failing: {
    'each lost cursor leads to one walk from the beginning': repeated('walk after expiry'),
    'a cursor that is refused is not used again': followed(
      'sync after the unknown',
      sync('sync with no cursor of ours', { body: { cursor: 'bm9uZQ' } }),
    ),
    'it comes to rest in sync': without('sync after the unknown'),
  },
};

export const STUCK_CURSOR: Example = {
  scenario: 'incidents/stuck-cursor',
  story: [
    signIn(),
    walk(),
    sync('first try'),
    sync('once more'),
    wait('half an hour passes', 1_800_000),
    sync('later'),
  ],
  failing: {
    'it tries, and gives up for now': repeated('later', 8),
    'no tight loop within a minute': repeated('once more', 3),
    'it does not start from the beginning for that': followed('later', walk('walk again')),
  },
};

const NEWCOMER = 'C02NEWCOMER1';

export const SYNC_CUT_OFF: Example = {
  scenario: 'incidents/sync-cut-off',
  story: [
    signIn(),
    walk(),
    define(),
    sync(),
    sync('sync that breaks off'),
    sync('sync again'),
    assign('assign', [NEWCOMER]),
  ],
  failing: {
    'the new device is learned of after the break': without('sync again'),
    'the new device is assigned': without('assign'),
    'a break is no reason to begin from the beginning': followed('sync again', walk('walk again')),
  },
};

const TRAVELER = 'C02TRAVELER';

export const DEVICE_MOVED_AWAY: Example = {
  scenario: 'incidents/device-moved-away',
  story: [
    signIn(),
    account(),
    walk(),
    define(),
    assign('assign', [TRAVELER]),
    sync('sync while it is away'),
    account('account once more'),
    sync('sync when it is back'),
    assign('assign again', [TRAVELER]),
  ],
  failing: {
    'the loss is learned of': without('sync while it is away', 'sync when it is back'),
    'nothing is assigned to a device that is gone': followed(
      'sync while it is away',
      assign('assign while it is away', [TRAVELER]),
    ),
    'it gets its profile again': without('assign again'),
    'nothing is given up for good': followed('assign again', disown('disown', [])),
  },
};

const BOUGHT = 'C02BOUGHT001';

export const ENROLLED_TOO_EARLY: Example = {
  scenario: 'incidents/enrolled-too-early',
  story: [
    signIn(),
    walk(),
    define(),
    sync(),
    wait('ten minutes pass', 600_000),
    signIn('sign in again'),
    sync('sync again'),
    assign('assign', [BOUGHT]),
  ],
  failing: {
    'the new Mac is assigned within a quarter of an hour': altered('ten minutes pass', { time: 1_800_000 }),
    'the profile makes it a managed one that stays so': altered('define', {
      body: { ...PROFILE, is_mdm_removable: true },
    }),
    'the profile is there before the Mac is': swapped('define', 'sync'),
  },
};
