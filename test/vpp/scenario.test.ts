import assert from 'node:assert/strict';
import { simulateApple } from '../../src/simulated-apple.ts';
import { HEADQUARTERS, managerOf } from './manager.ts';

describe('locations of a scenario', () => {
  it('default to one location without assets', async () => {
    const mdm = await managerOf({ locations: undefined });
    assert.equal((await mdm.get('/client/config')).body.locationName, 'Headquarters');
    assert.equal((await mdm.get('/assets')).body.size, 0);
  });

  it('start with users and assignments', async () => {
    const mdm = await managerOf({
      locations: [
        {
          ...HEADQUARTERS,
          assets: [{ adam_id: 1, total: 3 }],
          users: [{ client_user_id: 'anna', status: 'Associated' }, { generate: 2 }],
          assignments: [
            { adam_id: 1, client_user_ids: ['anna', 'user000001'], serial_numbers: ['C02ACME0001'] },
          ],
        },
      ],
    });
    assert.equal((await mdm.asset('1')).availableCount, 0);
    assert.equal((await mdm.get('/users')).body.users[0].status, 'Associated');
  });

  const wrong: readonly [what: string, scenario: object, message: RegExp][] = [
    [
      'two locations of a name',
      { locations: [{ name: 'HQ' }, { name: 'HQ' }] },
      /another location is named "HQ"/,
    ],
    [
      'a token twice',
      { locations: [{ name: 'HQ', content_tokens: [{ token: 'x' }, { token: 'x' }] }] },
      /has the same token/,
    ],
    [
      'an asset twice',
      { locations: [{ name: 'HQ', assets: [{ adam_id: 1 }, { adam_id: '1' }] }] },
      /1 STDQ is listed twice/,
    ],
    [
      'a user twice',
      { locations: [{ name: 'HQ', users: [{ client_user_id: 'a' }, { client_user_id: 'a' }] }] },
      /the user "a" is listed twice/,
    ],
    [
      'an account twice',
      {
        locations: [
          {
            name: 'HQ',
            users: ['a', 'b'].map((id) => ({ client_user_id: id, managed_apple_id: 'x@acme.example' })),
          },
        ],
      },
      /has the same Managed Apple Account/,
    ],
    [
      'an asset that is not owned',
      { locations: [{ name: 'HQ', assets: [{ adam_id: 1001 }], assignments: [{ adam_id: 1002 }] }] },
      /lists no asset 1002 STDQ/,
    ],
    [
      'an unknown user',
      {
        locations: [
          { name: 'HQ', assets: [{ adam_id: 1 }], assignments: [{ adam_id: 1, client_user_ids: ['x'] }] },
        ],
      },
      /no active user "x"/,
    ],
    [
      'a book on a device',
      {
        locations: [
          {
            name: 'HQ',
            assets: [{ adam_id: 1, product_type: 'Book' }],
            assignments: [{ adam_id: 1, serial_numbers: ['S1'] }],
          },
        ],
      },
      /cannot be assigned to devices/,
    ],
    [
      'more than is owned',
      {
        locations: [
          {
            name: 'HQ',
            assets: [{ adam_id: 1, total: 1 }],
            assignments: [{ adam_id: 1, serial_numbers: ['S1', 'S2'] }],
          },
        ],
      },
      /assigned 2 times, of 1 licenses/,
    ],
    ['an app twice', { apps: [{ adam_id: 1 }, { adam_id: 1 }] }, /app 1 is described twice/],
    [
      'an Adam ID that is none',
      { locations: [{ name: 'HQ', assets: [{ adam_id: 'x' }] }] },
      /an Adam ID is a number/,
    ],
  ];
  for (const [what, scenario, message] of wrong) {
    it(`reject ${what}`, async () => {
      await assert.rejects(simulateApple({ name: 'test', ...scenario }), message);
    });
  }

  it('reject a content token of another organization, unless it is generated', async () => {
    const scenario = { name: 'test', locations: [{ name: 'HQ', content_tokens: [{ token: 'shared' }] }] };
    const apple = await simulateApple(scenario);
    await assert.rejects(apple.addScenario(scenario), /belongs to the organization test/);
    await apple.addScenario({ ...scenario, credentials: 'generate' });
    assert.equal(apple.tenants.all.length, 2);
  });

  it('are found by their content token, in any organization', async () => {
    const mdm = await managerOf();
    const other = await mdm.apple.addScenario({ name: 'other', locations: [{ name: 'Elsewhere' }] });
    const { contentTokenFile } = await import('../../src/organization/content/content-token.ts');
    const token = contentTokenFile(other.organization.content.locations[0]!.tokens[0]!, 'Other');
    const { body } = await mdm.v2('GET', '/client/config', { headers: { authorization: `Bearer ${token}` } });
    assert.equal(body.locationName, 'Elsewhere');
  });
});
