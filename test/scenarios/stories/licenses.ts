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
    'it asks what became of the event': {
      by: without('ask'),
      also: ['it does not ask all the time', 'it leaves what failed alone while there are no licenses'],
    },
    'it does not ask all the time': repeated('ask'),
    'it leaves what failed alone while there are no licenses': followed(
      'ask',
      associate('assign at once', { serialNumbers: ['C02TWO'] }),
    ),
    'it tries again once there are': without('assign again'),
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
    'the user is retired': without('retire'),
    'and registered again by the same id, with the new account': altered('create', {
      body: { users: [{ clientUserId: 'anna' }] },
    }),
    'the former account is not sent any more': followed(
      'create',
      content('POST', '/users/update', 'update', {
        users: [{ clientUserId: 'anna', managedAppleId: 'anna@acme.example' }],
      }),
    ),
    'the license goes to the user again': without('assign'),
  },
};

export const ANOTHER_MDM: Example = {
  scenario: 'incidents/another-mdm',
  story: [configure('say who it is'), page(0), content('GET', '/client/config', 'look')],
  failing: {
    'it says who it is': without('say who it is'),
    'it changes nothing that belongs to another': followed(
      'look',
      associate('assign', { serialNumbers: ['C02ONE'] }),
    ),
    'it does not take the location back by itself': followed('look', configure('take it back')),
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
    'the revoked token is not tried again and again': repeated('read with the revoked token', 3),
    'the new token is put to use': without('read'),
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
    'it asks to be notified': without('subscribe'),
    'it asks for the event itself': without('ask'),
    'it reads what changed since': without('read on'),
  },
};

export const VERSION_CHANGES: Example = {
  scenario: 'incidents/version-changes',
  story: [page(0), page(1), page(2), ...[0, 1, 2].map((index) => page(index, `page ${index} again`))],
  failing: {
    'it begins anew': without('page 0 again'),
    'it comes to the last page': without('page 2 again'),
    'it asks for no page that is not there': followed('page 2 again', page(3)),
  },
};

export const ASSET_REFUSED: Example = {
  scenario: 'incidents/asset-rejected',
  story: [
    page(0),
    associate('assign', { serialNumbers: ['C02ONE'] }),
    associate('assign what was withdrawn', { serialNumbers: ['C02ONE'] }, '1100000009'),
  ],
  failing: {
    'it reads what can be assigned': without('page 0'),
    'it assigns what devices can have': without('assign'),
    'it assigns nothing to devices that is for people': followed(
      'assign',
      associate('assign to a device', { serialNumbers: ['C02ONE'] }, '1100000002'),
    ),
    'it takes back nothing that stays with the person': followed(
      'assign',
      content('POST', '/assets/disassociate', 'take the book', {
        assets: [{ adamId: '1100000003' }],
        clientUserIds: ['anna'],
      }),
    ),
    'it does not ask again for what the location does not have': repeated('assign what was withdrawn'),
  },
};

export const TOO_MANY_REQUESTS: Example = {
  scenario: 'incidents/too-many-requests',
  story: [page(0, 'read'), wait('half a minute passes', 31_000), page(0, 'read again')],
  failing: {
    'it waits as long as Apple says': without('half a minute passes'),
    'it goes on after that': without('read again'),
  },
};

export const REQUEST_RATE: Example = {
  scenario: 'incidents/request-rate',
  story: [
    content('GET', '/service/config', 'limits'),
    page(0),
    page(1),
    page(2),
    wait('a second passes', 1000),
    page(3),
  ],
  failing: {
    'it reads the limit': without('limits'),
    'it stays below the limit': { by: without('a second passes'), also: ['it reads the last page'] },
    'it reads the last page': without('page 3'),
  },
};
