import assert from 'node:assert/strict';
import { APP, BOOK, type Manager, managerOf, SCARCE, USER_ONLY } from './manager.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
const ids = (answer: any): string[] => answer.body.assets.map(({ adamId }: { adamId: string }) => adamId);

describe('v2 reads', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf();
  });

  describe('the service config', () => {
    it('needs no content token, and ignores one', async () => {
      const without = await mdm.send('GET', '/mdm/v2/service/config');
      const withToken = await mdm.v2('GET', '/service/config');
      const withForeign = await mdm.send('GET', '/mdm/v2/service/config', {
        headers: { authorization: 'Bearer nonsense' },
      });
      assert.equal(without.status, 200);
      assert.equal(without.text, withToken.text);
      assert.equal(withForeign.status, 200);
    });

    it('returns URLs with the origin of the request', async () => {
      const { body } = await mdm.send('GET', '/mdm/v2/service/config', {
        headers: { host: 'apple.test:4711' },
      });
      const urls = Object.values<string>(body.urls);
      assert.equal(urls.length, 13);
      for (const url of urls) assert.equal(new URL(url).origin, 'http://apple.test:4711', url);
      assert.ok(body.urls.invitationEmail.includes('inviteCode=%25inviteCode%25'));
    });

    it('returns the metadata_url of the scenario', async () => {
      mdm = await managerOf({ vpp: { metadata_url: 'https://metadata.example/lookup' } });
      const { body } = await mdm.send('GET', '/mdm/v2/service/config');
      assert.equal(body.urls.contentMetadataLookup, 'https://metadata.example/lookup');
    });

    it('lists limits, notification types and errors', async () => {
      const { body } = await (await managerOf({ vpp: { max_requests_per_second: 15 } })).v2(
        'GET',
        '/service/config',
      );
      assert.deepEqual(body.limits, {
        maxAssets: 25,
        maxClientUserIds: 1000,
        maxMdmIdLength: 100,
        maxMdmMetadataLength: 255,
        maxMdmNameLength: 100,
        maxNotificationLength: 512,
        maxRequestPerSecond: 15,
        maxRevokeClientUserIds: 100,
        maxRevokeSerialNumbers: 100,
        maxSerialNumbers: 1000,
        maxSubscriptionClientUserIds: 1000,
        maxSubscriptions: 25,
        maxUsers: 100,
      });
      assert.ok(body.notificationTypes.includes('ASSET_MANAGEMENT'));
      const numbers = body.errorCodes.map(({ errorNumber }: { errorNumber: number }) => errorNumber);
      for (const number of [9601, 9609, 9646, 9650, 9709, 9728])
        assert.ok(numbers.includes(number), `${number}`);
    });
  });

  describe('the client config', () => {
    it('returns the location', async () => {
      const { status, body } = await mdm.get('/client/config');
      assert.equal(status, 200);
      assert.match(body.uId, /^\d+$/);
      assert.deepEqual(body, {
        countryISO2ACode: 'US',
        defaultPlatform: 'enterprisestore',
        locationName: 'Headquarters',
        tokenExpirationDate: body.tokenExpirationDate,
        uId: body.uId,
        websiteURL: 'https://business.apple.com',
      });
      assert.match(body.tokenExpirationDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    });

    it('returns the URL of Apple School Manager for a school', async () => {
      mdm = await managerOf({
        organization: { org_type: 'edu' },
        locations: [{ name: 'School', country: 'DE' }],
      });
      const { body } = await mdm.get('/client/config');
      assert.equal(body.defaultPlatform, 'volumestore');
      assert.equal(body.websiteURL, 'https://school.apple.com');
      assert.equal(body.countryISO2ACode, 'DE');
    });

    it('returns the expiration date only in the last fifteen days, by behavior setting', async () => {
      const expires = (date: string) =>
        managerOf({
          vpp: { token_expiration_date: 'last_15_days' },
          locations: [{ name: 'HQ', content_tokens: [{ expires: date }] }],
        });
      const far = await (await expires('2026-04-02')).get('/client/config');
      const near = await (await expires('2026-03-10')).get('/client/config');
      assert.equal(far.body.tokenExpirationDate, undefined);
      assert.equal(near.body.tokenExpirationDate, '2026-03-10T00:00:00+0000');
    });
  });

  describe('assets', () => {
    it('have every documented member', async () => {
      const { body } = await mdm.get('/assets');
      assert.deepEqual(body.assets[0], {
        adamId: APP,
        assignedCount: 0,
        availableCount: 10,
        deviceAssignable: true,
        pricingParam: 'STDQ',
        productType: 'App',
        retiredCount: 0,
        revocable: true,
        supportedPlatforms: ['iOS'],
        totalCount: 10,
      });
      assert.deepEqual(body.assets[2].deviceAssignable || body.assets[2].revocable, false);
      assert.equal(body.size, 4);
      assert.equal(body.currentPageIndex, 0);
      assert.equal(body.totalPages, 1);
      assert.equal('nextPageIndex' in body, false);
      assert.match(body.versionId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });

    const filters: readonly [Record<string, string | number | boolean>, readonly string[]][] = [
      [{ productType: 'Book' }, [BOOK]],
      [{ productType: 'App' }, [APP, SCARCE, USER_ONLY]],
      [{ pricingParam: 'PLUS' }, []],
      [{ revocable: false }, [BOOK]],
      [{ deviceAssignable: true }, [APP, SCARCE]],
      [{ minAvailableCount: 5 }, [APP, BOOK, USER_ONLY]],
      [{ maxAvailableCount: 5 }, [SCARCE, BOOK, USER_ONLY]],
      [{ minAssignedCount: 1 }, [APP]],
      [{ maxAssignedCount: 0 }, [SCARCE, BOOK, USER_ONLY]],
      [{ adamId: SCARCE }, [SCARCE]],
      [{ adamId: '999' }, []],
      [{ productType: 'App', minAvailableCount: 5 }, [APP, USER_ONLY]],
    ];
    for (const [query, wanted] of filters) {
      it(`are filtered by ${JSON.stringify(query)}`, async () => {
        await mdm.completeEvent('/assets/associate', { assets: [{ adamId: APP }], serialNumbers: ['S1'] });
        assert.deepEqual(ids(await mdm.get('/assets', query)), wanted);
      });
    }

    it('that are unlimited are counted, listed in unlimitedAssets or omitted, by the parameter unlimited', async () => {
      mdm = await managerOf({
        locations: [{ name: 'HQ', assets: [{ adam_id: 5, total: 2147483647 }, { adam_id: 6 }] }],
      });
      const among = await mdm.get('/assets');
      assert.equal(among.body.assets[0].totalCount, 2147483647);
      const apart = await mdm.get('/assets', { unlimited: true });
      assert.deepEqual(ids(apart), ['6']);
      assert.deepEqual(Object.keys(apart.body.unlimitedAssets[0]), [
        'adamId',
        'assignedCount',
        'deviceAssignable',
        'pricingParam',
        'productType',
        'revocable',
        'supportedPlatforms',
      ]);
      assert.deepEqual(ids(await mdm.get('/assets', { unlimited: false })), ['6']);
    });
  });

  describe('assignments', () => {
    beforeEach(async () => {
      await mdm.completeEvent('/assets/associate', {
        assets: [{ adamId: APP }],
        clientUserIds: ['anna', 'ben'],
        serialNumbers: ['S1', 'S2'],
      });
      await mdm.completeEvent('/assets/associate', { assets: [{ adamId: BOOK }], clientUserIds: ['anna'] });
    });

    const queries: readonly [Record<string, string | boolean>, number][] = [
      [{}, 5],
      [{ adamId: APP }, 4],
      [{ clientUserId: 'anna' }, 2],
      [{ clientUserId: 'anna', adamId: BOOK }, 1],
      [{ serialNumber: 'S1' }, 1],
      [{ serialNumber: 'S9' }, 0],
      [{ serialNumber: 'S1', clientUserId: 'anna' }, 0],
      [{ pricingParam: 'STDQ' }, 5],
      [{ pricingParam: 'PLUS' }, 0],
      [{ excludeInactiveUsers: true }, 5],
    ];
    for (const [query, count] of queries) {
      it(`are filtered by ${JSON.stringify(query)}`, async () => {
        const { body } = await mdm.get('/assignments', query);
        assert.equal(body.assignments.length, count);
        for (const assignment of body.assignments) {
          assert.notEqual('clientUserId' in assignment, 'serialNumber' in assignment);
        }
      });
    }

    it('include userStatus with includeUserState', async () => {
      const { body } = await mdm.get('/assignments', { clientUserId: 'ben', includeUserState: true });
      assert.deepEqual(body.assignments, [
        { adamId: APP, pricingParam: 'STDQ', clientUserId: 'ben', userStatus: 'Associated' },
      ]);
    });

    it('keep the books of a retired user, unless inactive users are left out', async () => {
      await mdm.completeEvent('/users/retire', { users: [{ clientUserId: 'anna' }] });
      assert.equal((await mdm.get('/assignments', { clientUserId: 'anna' })).body.assignments.length, 1);
      const active = await mdm.get('/assignments', { clientUserId: 'anna', excludeInactiveUsers: true });
      assert.equal(active.body.assignments.length, 0);
    });

    it('with sinceVersionId are only those that changed since', async () => {
      const { versionId } = (await mdm.get('/assignments')).body;
      assert.equal((await mdm.get('/assignments', { sinceVersionId: versionId })).body.size, 0);
      await mdm.completeEvent('/assets/associate', { assets: [{ adamId: APP }], serialNumbers: ['S3'] });
      await mdm.completeEvent('/assets/disassociate', { assets: [{ adamId: APP }], serialNumbers: ['S1'] });
      const { body } = await mdm.get('/assignments', { sinceVersionId: versionId });
      assert.deepEqual(body.assignments, [{ adamId: APP, pricingParam: 'STDQ', serialNumber: 'S3' }]);
    });
  });

  describe('users', () => {
    const queries: readonly [Record<string, string | boolean>, readonly string[]][] = [
      [{}, ['anna', 'ben', 'carl']],
      [{ activeOnly: true }, ['anna', 'ben']],
      [{ retiredOnly: true }, ['carl']],
      [{ includeRetired: '0' }, ['anna', 'ben']],
      [{ clientUserId: 'anna' }, ['anna']],
      [{ managedAppleId: 'Ben@acme.example' }, ['ben']],
      [{ managedAppleId: 'unknown@acme.example' }, []],
    ];
    for (const [query, wanted] of queries) {
      it(`are filtered by ${JSON.stringify(query)}`, async () => {
        const { body } = await mdm.get('/users', query);
        assert.deepEqual(
          body.users.map(({ clientUserId }: { clientUserId: string }) => clientUserId),
          wanted,
        );
      });
    }

    it('have the members of their status', async () => {
      const { body } = await mdm.get('/users');
      const [anna, ben] = body.users;
      assert.match(anna.inviteCode, /^[0-9a-f]{32}$/);
      assert.equal(anna.email, 'anna@example.org');
      assert.equal(ben.inviteCode, undefined);
      assert.equal(Buffer.from(ben.idHash, 'base64').length, 20);
    });

    it('with sinceVersionId are only those that changed since', async () => {
      const { versionId } = (await mdm.get('/users')).body;
      await mdm.completeEvent('/users/update', { users: [{ clientUserId: 'anna', email: 'a@example.org' }] });
      const { body } = await mdm.get('/users', { sinceVersionId: versionId });
      assert.deepEqual(
        body.users.map(({ email }: { email: string }) => email),
        ['a@example.org'],
      );
    });
  });
});
