import type { Example } from '../example.ts';
import { altered, followed, repeated, without } from '../mutation.ts';
import { content, type Known, takeToken, wait } from '../step.ts';

const APP = '1100000001';

const associate = (name: string, members: object, adamId = APP) =>
  content('POST', '/assets/associate', name, { assets: [{ adamId }], ...members });

const status = (name: string) =>
  content('GET', ({ events }: Known) => `/status?eventId=${events.at(-1)}`, name);

const page = (index: number, name = `page ${index}`) => content('GET', `/assets?pageIndex=${index}`, name);

const configure = (name: string, members: object = {}) =>
  content('POST', '/client/config', name, {
    mdmInfo: { id: 'mdm-1', name: 'Acme MDM', metadata: 'mdm.acme.example' },
    ...members,
  });

const user = (verb: string, members: object = {}) =>
  content('POST', `/users/${verb}`, verb, { users: [{ clientUserId: 'anna', ...members }] });

export const NO_LICENSE_LEFT: Example = {
  scenario: 'incidents/no-license-left',
  story: [
    associate('assign', { serialNumbers: ['C02ONE', 'C02TWO'] }),
    wait('a minute passes', 60_000),
    status('ask'),
    wait('an hour passes', 3_600_000),
    associate('assign again', { serialNumbers: ['C02TWO'] }),
  ],
  failing: {
    'reads the status of the failed event': {
      by: without('ask'),
      also: [
        'polls the event status at most every 30 seconds',
        'does not retry while no license is available',
      ],
    },
    'polls the event status at most every 30 seconds': repeated('ask'),
    'does not retry while no license is available': followed(
      'ask',
      associate('assign at once', { serialNumbers: ['C02TWO'] }),
    ),
    'retries when a license is available': without('assign again'),
  },
};

export const USER_COMES_BACK: Example = {
  scenario: 'incidents/user-comes-back',
  story: [
    user('retire'),
    wait('a month passes', 30 * 86_400_000),
    user('create', { managedAppleId: 'anna.new@acme.example' }),
    wait('the event is over', 60_000),
    associate('assign', { clientUserIds: ['anna'] }),
  ],
  failing: {
    'retires the user': without('retire'),
    'registers the same clientUserId with the new account': altered('create', {
      body: { users: [{ clientUserId: 'anna' }] },
    }),
    'no longer sends the former account': followed(
      'create',
      content('POST', '/users/update', 'update', {
        users: [{ clientUserId: 'anna', managedAppleId: 'anna@acme.example' }],
      }),
    ),
    'assigns the license to the user again': without('assign'),
  },
};

export const ANOTHER_MDM: Example = {
  scenario: 'incidents/another-mdm',
  story: [configure('say who it is'), page(0), content('GET', '/client/config', 'look')],
  failing: {
    'identifies itself in mdmInfo': without('say who it is'),
    'changes nothing after another MDM took over': followed(
      'look',
      associate('assign', { serialNumbers: ['C02ONE'] }),
    ),
    'does not take the location back': followed('look', configure('take it back')),
  },
};

export const TOKEN_REVOKED: Example = {
  scenario: 'incidents/token-revoked',
  story: [
    content('GET', '/client/config', 'look'),
    page(0, 'read with the revoked token'),
    wait('an hour passes', 3_660_000),
    takeToken('take the new token'),
    page(0, 'read'),
  ],
  failing: {
    'tries the revoked token at most three times': repeated('read with the revoked token', 3),
    'uses the new token': without('read'),
  },
};

export const NOTIFICATIONS_LOST: Example = {
  scenario: 'incidents/notifications-lost',
  story: [
    configure('subscribe', {
      notificationUrl: 'https://localhost/notifications',
      notificationAuthToken: 'secret',
      notificationTypes: ['ASSET_MANAGEMENT'],
    }),
    content('GET', '/assignments', 'read'),
    associate('assign', { serialNumbers: ['C02ONE'] }),
    wait('five minutes pass', 300_000),
    status('ask'),
    content('GET', ({ versions }: Known) => `/assignments?sinceVersionId=${versions[0]}`, 'read on'),
  ],
  failing: {
    'registers a notification URL': without('subscribe'),
    'polls the event status': without('ask'),
    'reads the assignments that changed since its last version': without('read on'),
  },
};

export const VERSION_CHANGES: Example = {
  scenario: 'incidents/version-changes',
  story: [page(0), page(1), page(2), ...[0, 1, 2].map((index) => page(index, `page ${index} again`))],
  failing: {
    'restarts from the first page': without('page 0 again'),
    'reads the last page': without('page 2 again'),
    'requests no page beyond the last': followed('page 2 again', page(3)),
  },
};

export const ASSET_REJECTED: Example = {
  scenario: 'incidents/asset-rejected',
  story: [
    page(0),
    associate('assign', { serialNumbers: ['C02ONE'] }),
    associate('assign what was withdrawn', { serialNumbers: ['C02ONE'] }, '1100000009'),
  ],
  failing: {
    'reads which assets are assignable': without('page 0'),
    'assigns device-assignable assets': without('assign'),
    'assigns no user-only asset to a device': followed(
      'assign',
      associate('assign to a device', { serialNumbers: ['C02ONE'] }, '1100000002'),
    ),
    'does not revoke an irrevocable asset': followed(
      'assign',
      content('POST', '/assets/disassociate', 'take the book', {
        assets: [{ adamId: '1100000003' }],
        clientUserIds: ['anna'],
      }),
    ),
    'does not retry an asset that the location does not own': repeated('assign what was withdrawn'),
  },
};

export const TOO_MANY_REQUESTS: Example = {
  scenario: 'incidents/too-many-requests',
  story: [page(0, 'read'), wait('half a minute passes', 31_000), page(0, 'read again')],
  failing: {
    'waits for the time in Retry-After': without('half a minute passes'),
    'continues after the wait': without('read again'),
  },
};
