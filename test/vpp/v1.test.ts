import assert from 'node:assert/strict';
import { APP, BOOK, HEADQUARTERS, type Manager, managerOf, SCARCE, USER_ONLY } from './manager.ts';

const MANAGE = 'manageVPPLicensesByAdamIdSrv';

const SERVICES = [
  'VPPClientConfigSrv',
  'getVPPAssetsSrv',
  'getAssignments',
  'getVPPLicensesSrv',
  'getVPPUsersSrv',
  'getVPPUserSrv',
  'registerVPPUserSrv',
  'editVPPUserSrv',
  'retireVPPUserSrv',
  MANAGE,
] as const;

describe('v1', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf();
  });

  describe('the service config', () => {
    for (const family of ['/mdm/', '/WebObjects/MZFinance.woa/wa/', '/mdm/v2/', '/']) {
      it(`names URLs of the same family: ${family}`, async () => {
        for (const method of ['GET', 'POST']) {
          const { status, body } = await mdm.send(method, `${family}VPPServiceConfigSrv`, {
            headers: { host: 'apple.test' },
          });
          assert.equal(status, 200);
          assert.equal(body.status, 0);
          assert.equal(body.getLicensesSrvUrl, `http://apple.test${family}getVPPLicensesSrv`);
          assert.equal(body.maxBatchAssociateLicenseCount, 10);
          const answer = await mdm.send('POST', new URL(body.getUsersSrvUrl).pathname, {
            body: { sToken: mdm.sToken },
          });
          assert.equal(answer.body.status, 0);
        }
      });
    }
  });

  describe('the content token', () => {
    const tokens: readonly [string, object, number][] = [
      ['missing', {}, 9600],
      ['unknown', { sToken: 'nonsense' }, 9622],
    ];
    for (const [what, body, number] of tokens) {
      it(`${what}: ${number} with 200`, async () => {
        for (const service of SERVICES) {
          const answer = await mdm.send('POST', `/mdm/${service}`, { body });
          assert.equal(answer.status, 200);
          assert.deepEqual([answer.body.status, answer.body.errorNumber], [-1, number], service);
        }
      });
    }

    const states: readonly [string, object, string, number][] = [
      ['expired', { expires: '2026-03-01' }, 'getVPPUsersSrv', 9621],
      ['revoked', { status: 'revoked' }, 'getVPPUsersSrv', 9625],
      ['read-only', { rights: 'read_only' }, 'registerVPPUserSrv', 9637],
    ];
    for (const [what, token, service, number] of states) {
      it(`${what}: ${number}`, async () => {
        mdm = await managerOf({ locations: [{ name: 'HQ', content_tokens: [token] }] });
        assert.equal((await mdm.v1(service)).body.errorNumber, number);
      });
    }

    it('of the legacy kind works, without a location', async () => {
      mdm = await managerOf({ locations: [{ name: 'HQ', content_tokens: [{ kind: 'legacy' }] }] });
      const { body } = await mdm.v1('VPPClientConfigSrv');
      assert.equal(body.status, 0);
      assert.equal('location' in body, false);
      assert.match(body.libraryId, /^\d+$/);
    });
  });

  it('does not apply to a location that Apple manages', async () => {
    mdm = await managerOf({ locations: [{ name: 'HQ', managed_by_apple: true }] });
    assert.equal((await mdm.v1('registerVPPUserSrv', { clientUserIdStr: 'x' })).body.errorNumber, 9645);
    assert.equal((await mdm.v1('VPPClientConfigSrv', { clientContext: '{}' })).body.errorNumber, 9645);
    assert.equal((await mdm.v1('VPPClientConfigSrv')).body.status, 0);
  });

  it('accepts a GET with a body, and numbers as text', async () => {
    const answer = await mdm.send('GET', `/mdm/${MANAGE}`, {
      body: { sToken: mdm.sToken, adamIdStr: 1001, associateSerialNumbers: ['S1'] },
    });
    assert.equal(answer.body.status, 0);
    const paged = await mdm.v1('getAssignments', { pageIndex: '0' });
    assert.equal(paged.body.totalAssignments, 1);
  });

  it('ignores members that are null', async () => {
    const { body } = await mdm.v1('registerVPPUserSrv', {
      clientUserIdStr: 'dora',
      email: null,
      managedAppleIDStr: null,
    });
    assert.equal(body.user.status, 'Registered');
    assert.equal('email' in body.user, false);
  });

  it('rejects a body that is no JSON object, and another method', async () => {
    for (const raw of ['', '[]', '{', 'null', '"x"']) {
      const answer = await mdm.send('POST', '/mdm/getVPPUsersSrv', { raw });
      assert.equal(answer.status, 200);
      assert.equal(answer.body.errorNumber, 9602, raw);
    }
    assert.equal((await mdm.send('PUT', '/mdm/getVPPUsersSrv')).status, 405);
  });

  for (const service of [
    'associateVPPLicenseSrv',
    'disassociateVPPLicenseSrv',
    'associateVPPLicenseWithVPPUserSrv',
    'disassociateVPPLicenseFromVPPUserSrv',
  ]) {
    it(`${service} was removed: 9634`, async () => {
      const { status, body } = await mdm.v1(service, { licenseId: 1 });
      assert.deepEqual([status, body.status, body.errorNumber], [200, -1, 9634]);
    });
  }

  describe('the client config', () => {
    it('returns the location, with more members if verbose', async () => {
      const { body } = await mdm.v1('VPPClientConfigSrv');
      assert.equal(body.countryCode, 'US');
      assert.equal(typeof body.organizationId, 'number');
      assert.equal(body.location.locationName, 'Headquarters');
      assert.equal(typeof body.expirationMillis, 'number');
      assert.equal(body.appleId, undefined);
      assert.ok((await mdm.v1('VPPClientConfigSrv', { verbose: true })).body.appleId);
    });

    it('keeps a clientContext of 256 bytes until it is cleared, and returns it in every response', async () => {
      const context = (clientContext: string) => mdm.v1('VPPClientConfigSrv', { clientContext });
      assert.equal((await mdm.v1('getVPPUsersSrv')).body.clientContext, undefined);
      assert.equal((await context('x'.repeat(257))).body.errorNumber, 9602);
      assert.equal((await context('x'.repeat(256))).body.clientContext.length, 256);
      assert.equal((await mdm.v1('getVPPUsersSrv')).body.clientContext.length, 256);
      assert.equal((await context('')).body.clientContext, undefined);
    });

    it('marks the location if it is used with v2', async () => {
      await mdm.v1('VPPClientConfigSrv', { clientContext: '{"hostname":"mdm","guid":"1"}' });
      await mdm.get('/assets');
      const { clientContext } = (await mdm.v1('VPPClientConfigSrv')).body;
      assert.equal(JSON.parse(clientContext).hostname, 'vpp.itunes.apple.com');
      mdm = await managerOf({ vpp: { v2_marker: 'v2' } });
      await mdm.get('/assets');
      assert.equal((await mdm.v1('VPPClientConfigSrv')).body.clientContext, 'v2');
    });

    it('returns the tokens of notifications', async () => {
      const given = { apnToken: 'a', notificationToken: 'b', notificationUrl: 'https://mdm.example.org' };
      await mdm.v1('VPPClientConfigSrv', given);
      const { apnToken, notificationToken, notificationUrl } = (await mdm.v1('VPPClientConfigSrv')).body;
      assert.deepEqual({ apnToken, notificationToken, notificationUrl }, given);
    });
  });

  describe('assets', () => {
    it('include counts with includeLicenseCounts', async () => {
      const plain = (await mdm.v1('getVPPAssetsSrv')).body;
      assert.equal(plain.totalCount, 4);
      assert.equal(plain.assets[0].totalCount, undefined);
      const counted = (await mdm.v1('getVPPAssetsSrv', { includeLicenseCounts: 'true' })).body;
      assert.deepEqual(counted.assets[0], {
        adamIdStr: APP,
        assignedCount: 0,
        availableCount: 10,
        deviceAssignable: true,
        isIrrevocable: false,
        pricingParam: 'STDQ',
        productTypeId: 8,
        productTypeName: 'Application',
        retiredCount: 0,
        totalCount: 10,
      });
      assert.equal(counted.assets[2].productTypeId, 10);
      assert.deepEqual((await mdm.v1('getVPPAssetsSrv', { pricingParam: 'PLUS' })).body.assets, []);
    });
  });

  describe('users', () => {
    const register = (body: Record<string, unknown>) => mdm.v1('registerVPPUserSrv', body);

    it('are registered once', async () => {
      const first = (await register({ clientUserIdStr: 'dora', email: 'dora@example.org' })).body.user;
      assert.equal(typeof first.userId, 'number');
      assert.ok(first.inviteUrl.endsWith(`inviteCode=${first.inviteCode}&mt=8`));
      const again = (await register({ clientUserIdStr: 'dora' })).body.user;
      assert.deepEqual(again, first);
    });

    it('with a Managed Apple Account are Associated', async () => {
      const { user } = (await register({ clientUserIdStr: 'dora', managedAppleIDStr: 'd@acme.example' }))
        .body;
      assert.equal(user.status, 'Associated');
      assert.ok(user.itsIdHash);
    });

    const rejections: readonly [string, Record<string, unknown>, number][] = [
      ['registerVPPUserSrv', {}, 9600],
      ['registerVPPUserSrv', { clientUserIdStr: 'x', email: 'x' }, 9602],
      ['registerVPPUserSrv', { clientUserIdStr: 'x', managedAppleIDStr: 'ben@acme.example' }, 9641],
      ['registerVPPUserSrv', { clientUserIdStr: 'x', managedAppleIDStr: 'x@other.example' }, 9635],
      ['getVPPUserSrv', {}, 9600],
      ['getVPPUserSrv', { clientUserIdStr: 'unknown' }, 9604],
      ['getVPPUserSrv', { clientUserIdStr: 'carl' }, 9604],
      ['getVPPUserSrv', { clientUserIdStr: 'ben', itsIdHash: 'other' }, 9604],
      ['editVPPUserSrv', {}, 9600],
      ['editVPPUserSrv', { clientUserIdStr: 'unknown' }, 9609],
      ['editVPPUserSrv', { clientUserIdStr: 'anna', email: 'x' }, 9602],
      ['editVPPUserSrv', { clientUserIdStr: 'anna', managedAppleIDStr: 'ben@acme.example' }, 9641],
      ['retireVPPUserSrv', {}, 9600],
      ['retireVPPUserSrv', { clientUserIdStr: 'carl' }, 9609],
    ];
    for (const [service, body, number] of rejections) {
      it(`${service} rejects ${JSON.stringify(body)}: ${number}`, async () => {
        mdm = await managerOf({ managed_apple_accounts: ['ben@acme.example'] });
        const answer = (await mdm.v1(service, body)).body;
        assert.deepEqual([answer.status, answer.errorNumber], [-1, number]);
      });
    }

    it('are shown with their licenses', async () => {
      await mdm.v1(MANAGE, { adamIdStr: APP, associateClientUserIdStrs: ['anna'] });
      const { user } = (await mdm.v1('getVPPUserSrv', { clientUserIdStr: 'anna' })).body;
      assert.equal(user.licenses.length, 1);
      assert.equal(user.licenses[0].status, 'Associated');
      const byId = (await mdm.v1('getVPPUserSrv', { userId: String(user.userId) })).body.user;
      assert.deepEqual(byId, user);
    });

    it('are edited, retired once, and listed with their filters', async () => {
      await mdm.v1('editVPPUserSrv', { clientUserIdStr: 'anna', email: 'new@example.org' });
      const { userId, email } = (await mdm.v1('getVPPUserSrv', { clientUserIdStr: 'anna' })).body.user;
      assert.equal(email, 'new@example.org');
      assert.equal((await mdm.v1('retireVPPUserSrv', { userId })).body.user.status, 'Retired');
      assert.equal((await mdm.v1('retireVPPUserSrv', { userId })).body.errorNumber, 9618);
      const listed = async (body: object) =>
        (await mdm.v1('getVPPUsersSrv', body as Record<string, unknown>)).body.users.map(
          ({ clientUserIdStr }: { clientUserIdStr: string }) => clientUserIdStr,
        );
      assert.deepEqual(await listed({}), ['ben']);
      assert.deepEqual(await listed({ includeRetired: 1 }), ['anna', 'ben', 'carl']);
      assert.deepEqual(await listed({ includeRetiredOnly: '1' }), ['anna', 'carl']);
    });

    it('that are replaced by an older record of the same person are Deleted', async () => {
      await mdm.v1('retireVPPUserSrv', { clientUserIdStr: 'ben' });
      const second = (await register({ clientUserIdStr: 'ben' })).body.user;
      const edited = await mdm.v1('editVPPUserSrv', {
        userId: second.userId,
        managedAppleIDStr: 'ben@acme.example',
      });
      assert.notEqual(edited.body.user.userId, second.userId);
      assert.equal(edited.body.user.status, 'Associated');
      const loser = (await mdm.v1('getVPPUserSrv', { userId: second.userId })).body.user;
      assert.equal(loser.status, 'Deleted');
    });
  });

  describe('licenses', () => {
    it('are disassociated first and associated then, each with its id', async () => {
      await mdm.v1(MANAGE, { adamIdStr: SCARCE, associateSerialNumbers: ['S1'] });
      const { body } = await mdm.v1(MANAGE, {
        adamIdStr: SCARCE,
        disassociateSerialNumbers: ['S1'],
        associateClientUserIdStrs: ['anna'],
      });
      assert.equal(body.status, 0);
      assert.deepEqual([body.isIrrevocable, body.productTypeId, body.pricingParam], [false, 8, 'STDQ']);
      assert.equal(body.disassociations[0].serialNumber, 'S1');
      assert.equal(body.associations[0].clientUserIdStr, 'anna');
      assert.match(body.associations[0].licenseIdStr, /^\d+$/);
      const { assignments } = (await mdm.get('/assignments', { adamId: SCARCE })).body;
      assert.deepEqual(assignments, [{ adamId: SCARCE, pricingParam: 'STDQ', clientUserId: 'anna' }]);
    });

    it('can be disassociated and associated for the same target in one request', async () => {
      await mdm.v1(MANAGE, { adamIdStr: SCARCE, associateSerialNumbers: ['S1'] });
      const { body } = await mdm.v1(MANAGE, {
        adamIdStr: SCARCE,
        disassociateSerialNumbers: ['S1'],
        associateSerialNumbers: ['S1'],
      });
      assert.equal(body.status, 0);
      assert.equal((await mdm.asset(SCARCE)).assignedCount, 1);
    });

    it('fail individually, with status -3', async () => {
      await mdm.v1(MANAGE, { adamIdStr: SCARCE, associateSerialNumbers: ['S1'] });
      const { body } = await mdm.v1(MANAGE, { adamIdStr: SCARCE, associateSerialNumbers: ['S1', 'S2'] });
      assert.equal(body.status, -3);
      const [held, none] = body.associations;
      assert.equal(held.errorNumber, 9616);
      assert.equal(held.licenseAlreadyAssigned.serialNumber, 'S1');
      assert.equal(none.errorNumber, 9610);
    });

    it('of unknown serial numbers fail by behavior setting, as on v2', async () => {
      mdm = await managerOf({ vpp: { unknown_serial: 'failed' } });
      const { body } = await mdm.v1(MANAGE, { adamIdStr: APP, associateSerialNumbers: ['UNKNOWN'] });
      assert.equal(body.status, -3);
      assert.equal(body.associations[0].errorNumber, 9610);
      assert.equal((await mdm.v1('getAssignments')).body.totalAssignments, 0);
    });

    const failures: readonly [Record<string, unknown>, string, number][] = [
      [{ adamIdStr: APP, associateClientUserIdStrs: ['unknown'] }, 'associations', 9609],
      [{ adamIdStr: USER_ONLY, associateSerialNumbers: ['S1'] }, 'associations', 9628],
      [{ adamIdStr: APP, associateSerialNumbers: ['S1', 'S1'] }, 'associations', 9616],
      [{ adamIdStr: APP, disassociateClientUserIdStrs: ['unknown'] }, 'disassociations', 9609],
      [{ adamIdStr: APP, disassociateClientUserIdStrs: ['anna'] }, 'disassociations', 9619],
      [{ adamIdStr: APP, disassociateSerialNumbers: ['S9'] }, 'disassociations', 9619],
      [{ adamIdStr: APP, disassociateLicenseIdStrs: ['17'] }, 'disassociations', 9610],
      [{ adamIdStr: BOOK, disassociateClientUserIdStrs: ['anna'] }, 'disassociations', 9607],
    ];
    for (const [body, list, number] of failures) {
      it(`${JSON.stringify(body)}: ${number}`, async () => {
        const answer = (await mdm.v1(MANAGE, body)).body;
        assert.equal(answer.status, -3);
        assert.equal(answer[list].at(-1).errorNumber, number);
      });
    }

    const rejections: readonly [Record<string, unknown>, number][] = [
      [{}, 9600],
      [{ adamIdStr: APP }, 9600],
      [{ adamIdStr: APP, associateSerialNumbers: 'S1' }, 9602],
      [{ adamIdStr: '999', associateSerialNumbers: ['S1'] }, 9610],
      [{ adamIdStr: APP, associateSerialNumbers: Array.from({ length: 11 }, (_, n) => `S${n}`) }, 9602],
      [{ adamIdStr: APP, disassociateSerialNumbers: Array.from({ length: 11 }, (_, n) => `S${n}`) }, 9602],
      [{ adamIdStr: APP, associateSerialNumbers: ['S1'], associateClientUserIdStrs: ['anna'] }, 9602],
    ];
    for (const [body, number] of rejections) {
      it(`${JSON.stringify(body).slice(0, 90)}: ${number}, nothing done`, async () => {
        const answer = (await mdm.v1(MANAGE, body)).body;
        assert.deepEqual([answer.status, answer.errorNumber], [-1, number]);
        assert.equal((await mdm.asset(APP)).assignedCount, 0);
      });
    }

    for (const [key, list] of [
      ['v1_max_associate', 'associateSerialNumbers'],
      ['v1_max_disassociate', 'disassociateSerialNumbers'],
    ] as const) {
      it(`${key} is returned and enforced`, async () => {
        mdm = await managerOf({ vpp: { [key]: 2 } });
        const ask = (count: number) =>
          mdm.v1(MANAGE, { adamIdStr: APP, [list]: Array.from({ length: count }, (_, n) => `S${n}`) });
        assert.notEqual((await ask(2)).body.status, -1);
        assert.equal((await ask(3)).body.errorNumber, 9602);
        const config = (await mdm.send('GET', '/mdm/VPPServiceConfigSrv')).body;
        assert.ok(Object.values(config).includes(2));
      });
    }

    it('that are irrevocable stay with the person, who cannot get a second one', async () => {
      await mdm.v1(MANAGE, { adamIdStr: BOOK, associateClientUserIdStrs: ['ben'] });
      await mdm.v1('retireVPPUserSrv', { clientUserIdStr: 'ben' });
      await mdm.v1('registerVPPUserSrv', { clientUserIdStr: 'ben2', managedAppleIDStr: 'ben@acme.example' });
      const { body } = await mdm.v1(MANAGE, { adamIdStr: BOOK, associateClientUserIdStrs: ['ben2'] });
      assert.equal(body.associations[0].errorNumber, 9616);
      assert.equal(body.associations[0].regUsersAlreadyAssigned[0].clientUserIdStr, 'ben');
    });

    it('are listed by filter', async () => {
      await mdm.v1(MANAGE, { adamIdStr: APP, associateSerialNumbers: ['S1', 'S2'] });
      await mdm.v1(MANAGE, { adamIdStr: APP, associateClientUserIdStrs: ['anna'] });
      const count = async (body: Record<string, unknown>) =>
        (await mdm.v1('getVPPLicensesSrv', body)).body.licenses.length;
      assert.equal(await count({}), 21);
      assert.equal(await count({ adamId: 1001 }), 10);
      assert.equal(await count({ assignedOnly: true }), 3);
      assert.equal(await count({ userAssignedOnly: true }), 1);
      assert.equal(await count({ deviceAssignedOnly: 'true' }), 2);
      assert.equal(await count({ serialNumber: 'S1' }), 1);
      assert.equal(await count({ adamId: APP, pricingParam: 'PLUS' }), 0);
      const errors = await Promise.all([
        mdm.v1('getVPPLicensesSrv', { pricingParam: 'STDQ' }),
        mdm.v1('getVPPLicensesSrv', { userAssignedOnly: true, deviceAssignedOnly: true }),
      ]);
      for (const { body } of errors) assert.equal(body.errorNumber, 9602);
    });

    it('are disassociated by license id', async () => {
      const { associations } = (await mdm.v1(MANAGE, { adamIdStr: APP, associateSerialNumbers: ['S1'] }))
        .body;
      const { body } = await mdm.v1(MANAGE, {
        adamIdStr: APP,
        disassociateLicenseIdStrs: [associations[0].licenseIdStr],
      });
      assert.equal(body.status, 0);
      assert.equal((await mdm.asset(APP)).assignedCount, 0);
    });
  });

  describe('batches', () => {
    const large = () =>
      managerOf({
        vpp: { v1_batch_size: 10 },
        locations: [
          { name: 'HQ', assets: [{ adam_id: 1, total: 35 }], users: [{ generate: 15 }] },
          { name: 'Branch' },
        ],
      });

    it('have 600 records by default', async () => {
      mdm = await managerOf({ locations: [{ name: 'HQ', assets: [{ adam_id: 1, total: 601 }] }] });
      const { body } = await mdm.v1('getVPPLicensesSrv');
      assert.deepEqual([body.batchCount, body.totalBatchCount, body.totalCount], [600, '2', 601]);
    });

    it('keep a filter of any length', async () => {
      const { body } = await mdm.v1('getVPPLicensesSrv', { serialNumber: 'S'.repeat(300_000) });
      assert.equal(body.status, 0);
      assert.equal(body.totalCount, 0);
    });

    it('return totalBatchCount as a number, by behavior setting', async () => {
      mdm = await managerOf({ vpp: { v1_total_batch_count: 'number' } });
      assert.equal((await mdm.v1('getVPPLicensesSrv')).body.totalBatchCount, 1);
    });

    for (const [service, member, count] of [
      ['getVPPLicensesSrv', 'licenses', 35],
      ['getVPPUsersSrv', 'users', 15],
    ] as const) {
      it(`of ${service} follow each other, and end with sinceModifiedToken`, async () => {
        mdm = await large();
        const seen = new Set<string>();
        let body: Record<string, unknown> = {};
        for (let batch = 0; ; batch += 1) {
          const answer = (await mdm.v1(service, body)).body;
          assert.equal('totalCount' in answer, batch === 0);
          assert.equal(answer.batchCount, answer[member].length);
          for (const record of answer[member]) seen.add(JSON.stringify(record));
          if (answer.batchToken === undefined) {
            assert.ok(answer.sinceModifiedToken);
            break;
          }
          assert.equal(answer.sinceModifiedToken, undefined);
          body = { batchToken: answer.batchToken };
        }
        assert.equal(seen.size, count);
      });
    }

    it('are fetched by number, and keep the filter', async () => {
      mdm = await large();
      const { batchToken } = (await mdm.v1('getVPPLicensesSrv', { adamId: 1 })).body;
      const fourth = (await mdm.v1('getVPPLicensesSrv', { batchToken, overrideIndex: '4' })).body;
      assert.equal(fourth.batchCount, 5);
      for (const overrideIndex of [0, 5]) {
        const { errorNumber } = (await mdm.v1('getVPPLicensesSrv', { batchToken, overrideIndex })).body;
        assert.equal(errorNumber, 9602);
      }
    });

    it('list the changes since the token: assigned and freed licenses', async () => {
      mdm = await large();
      await mdm.v1(MANAGE, { adamIdStr: '1', associateSerialNumbers: ['S1', 'S2'] });
      const { batchToken } = (await mdm.v1('getVPPLicensesSrv')).body;
      const last = (await mdm.v1('getVPPLicensesSrv', { batchToken, overrideIndex: 4 })).body;
      const { sinceModifiedToken } = last;
      await mdm.v1(MANAGE, {
        adamIdStr: '1',
        disassociateSerialNumbers: ['S1'],
        associateSerialNumbers: ['S3'],
      });
      await mdm.v1(MANAGE, { adamIdStr: '1', disassociateSerialNumbers: ['S2'] });
      const { licenses } = (await mdm.v1('getVPPLicensesSrv', { sinceModifiedToken })).body;
      const states = licenses.map(
        ({ status, serialNumber }: Record<string, string>) => serialNumber ?? status,
      );
      assert.deepEqual(states.sort(), ['Available', 'S3']);
    });

    it('of other requests are rejected', async () => {
      mdm = await large();
      const { batchToken } = (await mdm.v1('getVPPLicensesSrv')).body;
      assert.equal((await mdm.v1('getVPPLicensesSrv', { batchToken: 'x' })).body.errorNumber, 9633);
      assert.equal((await mdm.v1('getVPPUsersSrv', { batchToken })).body.errorNumber, 9633);
      assert.equal(
        (await mdm.v1('getVPPLicensesSrv', { sinceModifiedToken: batchToken })).body.errorNumber,
        9633,
      );
      assert.equal((await mdm.other(1).v1('getVPPLicensesSrv', { batchToken })).body.errorNumber, 9629);
    });
  });

  it('pages assignments', async () => {
    mdm = await managerOf({
      vpp: { page_size: 10 },
      locations: [{ name: 'HQ', assets: [{ adam_id: 1, total: 50 }], assignments: [{ generate: 25 }] }],
    });
    const first = (await mdm.v1('getAssignments')).body;
    assert.deepEqual(
      [first.assignmentsInCurrentPage, first.totalAssignments, first.nextPageIndex, first.totalPages],
      [10, 25, 1, 3],
    );
    const last = (await mdm.v1('getAssignments', { pageIndex: 2, requestId: first.requestId })).body;
    assert.equal(last.assignments.length, 5);
    assert.equal(last.nextPageIndex, undefined);
    assert.equal(last.requestId, first.requestId);
    assert.equal((await mdm.v1('getAssignments', { pageIndex: 3 })).body.errorNumber, 9602);
    const { serialNumber } = first.assignments[0];
    assert.equal((await mdm.v1('getAssignments', { serialNumber })).body.totalAssignments, 1);
    assert.equal((await mdm.v1('getAssignments', { clientUserIdStr: 'x' })).body.totalAssignments, 0);
  });

  it('has the same state as v2', async () => {
    mdm = await managerOf({ locations: [{ ...HEADQUARTERS, name: 'HQ' }] });
    await mdm.v1('registerVPPUserSrv', { clientUserIdStr: 'dora' });
    assert.equal((await mdm.get('/users', { clientUserId: 'dora' })).body.size, 1);
    await mdm.completeEvent('/assets/associate', { assets: [{ adamId: APP }], clientUserIds: ['dora'] });
    const { assignments } = (await mdm.v1('getAssignments', { clientUserIdStr: 'dora' })).body;
    assert.deepEqual(assignments, [{ adamIdStr: APP, pricingParam: 'STDQ', clientUserIdStr: 'dora' }]);
  });

  it('returns 200 with the error number for a fault, and 503 for a fault of load', async () => {
    mdm = await managerOf({
      faults: [
        { on: 'vpp.v1.users', answer: 9646 },
        { on: 'vpp.v1.assets', answer: 9729 },
      ],
    });
    const slow = await mdm.v1('getVPPUsersSrv');
    assert.deepEqual([slow.status, slow.body.status, slow.body.errorNumber], [200, -1, 9646]);
    const loaded = await mdm.v1('getVPPAssetsSrv');
    assert.deepEqual([loaded.status, loaded.headers['retry-after']], [503, '30']);
  });
});
