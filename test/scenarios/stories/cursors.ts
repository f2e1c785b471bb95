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
    'runs one full fetch for each lost cursor': repeated('walk after expiry'),
    'does not reuse a rejected cursor': followed(
      'sync after the unknown',
      sync('sync with no cursor of ours', { body: { cursor: 'bm9uZQ' } }),
    ),
    'returns to incremental sync': without('sync after the unknown'),
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
    'stops after at most ten requests': repeated('later', 8),
    'sends at most three requests within a minute': repeated('once more', 3),
    'does not start another full fetch': followed('later', walk('walk again')),
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
    'reads the new device after the interruption': without('sync again'),
    'assigns a profile to the new device': without('assign'),
    'does not start another full fetch after the interruption': followed('sync again', walk('walk again')),
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
    'reads the deletion from sync': without('sync while it is away', 'sync when it is back'),
    'assigns no profile to a device that it no longer owns': followed(
      'sync while it is away',
      assign('assign while it is away', [TRAVELER]),
    ),
    'assigns the profile again when the Mac returns': without('assign again'),
    'disowns no device': followed('assign again', disown('disown', [])),
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
    'assigns a profile to the new Mac within 15 minutes': altered('ten minutes pass', { time: 1_800_000 }),
    'defines a mandatory profile that users cannot remove': altered('define', {
      body: { ...PROFILE, is_mdm_removable: true },
    }),
    'defines the profile before the Mac appears': swapped('define', 'sync'),
  },
};
