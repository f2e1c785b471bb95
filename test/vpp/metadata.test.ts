import assert from 'node:assert/strict';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { generatedAdamId } from '../../src/organization/content/app.ts';
import { type Manager, managerOf } from './manager.ts';

const LOOKUP = '/WebObjects/MZStorePlatform.woa/wa/lookup';
const OWNED = '/v1/catalog/us/stoken-authenticated-apps';

const APPS = [
  { adam_id: 100, name: 'Acme Notes', bundle_id: 'com.acme.notes', version: '3.1', minimum_os: '16.0' },
  { adam_id: 101, name: 'Acme Secret', custom: true },
  { adam_id: 102, name: 'Acme Deutschland', storefronts: ['de'] },
  { adam_id: 103, name: 'Acme Desk', kind: 'desktopApp' },
  { adam_id: 104, name: 'Acme Handbook', kind: 'epubBook' },
];

const SCENARIO = {
  apps: APPS,
  vpp: { developer_token: 'any' },
  locations: [
    { name: 'HQ', assets: [{ adam_id: 100 }, { adam_id: 104, product_type: 'Book' }, { adam_id: 900 }] },
  ],
};

describe('metadata', () => {
  let mdm: Manager;

  beforeEach(async () => {
    mdm = await managerOf(SCENARIO);
  });

  const cookie = () => ({ cookie: `itvt=${mdm.sToken}` });

  describe('contentMetadataLookup', () => {
    const good = {
      p: 'mdm-lockup',
      caller: 'MDM',
      platform: 'enterprisestore',
      version: 2,
      cc: 'us',
      l: 'en',
    };
    const ask = (query: Record<string, string | number>, headers = {}) =>
      mdm.send('GET', LOOKUP, { query: { ...good, ...query }, headers });

    it('returns known ids and omits the others', async () => {
      const { status, body, headers } = await ask({ id: '100,103,104,5555' });
      assert.equal(status, 200);
      assert.equal(headers['cache-control'], 'max-age=900');
      assert.equal(body.isAuthenticated, false);
      assert.deepEqual(Object.keys(body.results), ['100', '103', '104']);
      const notes = body.results['100'];
      assert.deepEqual(
        [notes.id, notes.name, notes.bundleId, notes.kind, notes.minimumOSVersion],
        ['100', 'Acme Notes', 'com.acme.notes', 'iosSoftware', '16.0'],
      );
      assert.equal(notes.offers[0].version.display, '3.1');
      assert.ok(notes.artwork.url.includes('{w}x{h}bb.{f}'));
      assert.deepEqual(body.results['103'].deviceFamilies, ['mac']);
      assert.equal('bundleId' in body.results['104'], false);
      assert.deepEqual(body.meta.storefront, { cc: 'us', id: '143441' });
    });

    it('shows custom apps, and apps of other storefronts, to their owner', async () => {
      assert.deepEqual((await ask({ id: '101,102' })).body.results, {});
      const results = (await ask({ id: '101,102' }, cookie())).body.results;
      assert.deepEqual(Object.keys(results), ['101', '102']);
      const bad = (await ask({ id: '101' }, { cookie: 'itvt=nonsense' })).body.results;
      assert.deepEqual(bad, {});
    });

    it('treats an unknown content token as none, with any characters in it', async () => {
      const itvt = Buffer.from(JSON.stringify({ token: 'Schlüssel €' })).toString('base64');
      const { status, body } = await ask({ id: '101' }, { cookie: `itvt=${itvt}` });
      assert.equal(status, 200);
      assert.deepEqual(body.results, {});
    });

    it('uses the United States for an unknown storefront', async () => {
      assert.equal((await ask({ id: '102', cc: 'de' })).body.meta.storefront.cc, 'de');
      assert.equal((await ask({ id: '102', cc: 'xx' })).body.meta.storefront.cc, 'us');
      assert.deepEqual(Object.keys((await ask({ id: '102', cc: 'de' })).body.results), ['102']);
    });

    it('returns owned apps, and generated apps of any organization', async () => {
      const { results } = (await ask({ id: `900,${generatedAdamId(4711)}` })).body;
      assert.equal(Object.keys(results).length, 2);
    });

    const habits: readonly [Record<string, string>, number, string][] = [
      [{ id: '100', caller: 'MDM' }, 400, '{"status":7011}'],
      [{ id: '100', caller: 'MDM', p: 'mdm-lookup' }, 400, '{"status":7012}'],
      [{ id: '100', p: 'mdm-lockup' }, 403, ''],
      [{ p: 'mdm-lockup', caller: 'MDM' }, 200, '{"isAuthenticated":false'],
    ];
    for (const [query, status, text] of habits) {
      it(`returns ${status} for ${JSON.stringify(query)}`, async () => {
        const answer = await mdm.send('GET', LOOKUP, { query });
        assert.equal(answer.status, status);
        assert.ok(answer.text.startsWith(text));
      });
    }
  });

  describe('itunes.apple.com/lookup', () => {
    it('returns what the storefront sells', async () => {
      const { body, headers } = await mdm.send('GET', '/lookup', { query: { id: '100,101,103' } });
      assert.match(headers['content-type']!, /text\/javascript/);
      assert.equal(body.resultCount, 2);
      assert.deepEqual(
        [body.results[0].trackId, body.results[0].trackName, body.results[0].bundleId],
        [100, 'Acme Notes', 'com.acme.notes'],
      );
      assert.deepEqual(body.results[1].supportedDevices, ['MacDesktop-MacDesktop']);
    });

    it('returns only items of the entity', async () => {
      const { results } = (
        await mdm.send('GET', '/lookup', { query: { id: '100,103', entity: 'macSoftware' } })
      ).body;
      assert.deepEqual(
        results.map(({ trackId }: { trackId: number }) => trackId),
        [103],
      );
    });
  });

  describe('the catalog', () => {
    const ask = (path: string, query = {}, headers: Record<string, string> = cookie()) =>
      mdm.send('GET', path, { query, headers });

    it('returns the apps of an owner', async () => {
      const { status, body } = await ask(OWNED, {
        ids: '100,101,104,5',
        'extend[apps]': 'latestVersionInfo',
      });
      assert.equal(status, 200);
      assert.deepEqual(
        body.data.map(({ id }: { id: string }) => id),
        ['100', '101'],
      );
      const { attributes, type, href } = body.data[0];
      assert.equal(type, 'apps');
      assert.equal(href, '/v1/catalog/us/apps/100');
      assert.equal(attributes.platformAttributes.ios.bundleId, 'com.acme.notes');
      assert.equal(attributes.platformAttributes.ios.latestVersionInfo.versionDisplay, '3.1');
      assert.equal(typeof attributes.platformAttributes.ios.externalVersionId, 'number');
    });

    it('omits latestVersionInfo without extend[apps]', async () => {
      const [app] = (await ask(OWNED, { ids: '100' })).body.data;
      assert.equal('latestVersionInfo' in app.attributes.platformAttributes.ios, false);
    });

    it('returns versions with a leading space, by behavior setting', async () => {
      mdm = await managerOf({ ...SCENARIO, vpp: { developer_token: 'any', lookup_version_spaces: true } });
      const [app] = (await ask(OWNED, { ids: '100', extend: 'latestVersionInfo' })).body.data;
      assert.equal(app.attributes.platformAttributes.ios.latestVersionInfo.versionDisplay, ' 3.1');
    });

    const counts: readonly [path: string, query: object, count: number][] = [
      ['stoken-authenticated-books', { ids: '100,104' }, 1],
      ['stoken-authenticated-purchases', {}, 3],
      ['stoken-authenticated-purchases', { ids: '900' }, 1],
      ['apps', { ids: '100,103' }, 2],
      ['apps/100', {}, 1],
      ['books', { ids: '104' }, 1],
      ['books/104', {}, 1],
      ['genres', {}, 6],
      ['genres/6000', {}, 1],
      ['apps', { ids: '' }, 0],
    ];
    for (const [path, query, count] of counts) {
      it(`/${path} with ${JSON.stringify(query)}: ${count}`, async () => {
        const { status, body } = await ask(`/v1/catalog/us/${path}`, query);
        assert.equal(status, 200);
        assert.equal(body.data.length, count);
      });
    }

    it('finds apps and books by name', async () => {
      const { results } = (await ask('/v1/catalog/us/search', { term: 'acme' })).body;
      assert.ok(results.apps.data.length >= 2);
      assert.equal(results.books.data.length, 1);
      assert.equal((await ask('/v1/catalog/us/search')).status, 400);
    });

    it('lists storefronts, and returns 200 for /v1/test', async () => {
      assert.ok((await ask('/v1/storefronts')).body.data.length > 5);
      assert.equal((await ask('/v1/storefronts/de')).body.data[0].id, 'de');
      assert.equal((await ask('/v1/storefronts/xx')).status, 404);
      assert.equal((await ask('/v1/test')).status, 200);
    });

    for (const path of ['apps/5', 'books/100', 'genres/1']) {
      it(`404 for ${path}`, async () => {
        const { status, body } = await ask(`/v1/catalog/us/${path}`);
        assert.equal(status, 404);
        assert.equal(body.errors[0].code, '40400');
      });
    }

    it('403 without a required content token, and by behavior setting', async () => {
      const without = await ask(OWNED, { ids: '100' }, {});
      assert.equal(without.status, 403);
      assert.equal(without.body.errors[0].code, '40300');
      await mdm.portal({ revoke_content_token: true });
      assert.equal((await ask(OWNED, { ids: '100' })).status, 403);
      mdm = await managerOf({ ...SCENARIO, vpp: { developer_token: 'any', catalog_access: 'forbidden' } });
      assert.equal((await ask('/v1/catalog/us/apps/100')).status, 403);
    });
  });

  describe('the catalog, as Fleet requests it from its proxy', () => {
    const ask = (headers: Record<string, string>) =>
      mdm.send('GET', OWNED, {
        query: { ids: '100,101' },
        headers: { authorization: 'Bearer s', ...headers },
      });

    beforeEach(async () => {
      mdm = await managerOf({ ...SCENARIO, vpp: {} });
    });

    it('reads the content token from vpp-token, and accepts any secret as developer token', async () => {
      const { status, body } = await ask({ 'vpp-token': mdm.sToken });
      assert.equal(status, 200);
      assert.deepEqual(
        body.data.map(({ id }: { id: string }) => id),
        ['100', '101'],
      );
    });

    it('checks the content token in vpp-token', async () => {
      assert.equal((await ask({ 'vpp-token': 'unknown' })).status, 403);
      await mdm.portal({ revoke_content_token: true });
      assert.equal((await ask({ 'vpp-token': mdm.sToken })).status, 403);
    });

    it('ignores vpp-token under the host names of Apple', async () => {
      const headers = { 'vpp-token': mdm.sToken, host: 'api.ent.apple.com' };
      assert.equal((await ask(headers)).status, 401);
    });
  });

  describe('developer tokens', () => {
    let key: CryptoKey;
    let pem: string;

    before(async () => {
      const pair = await generateKeyPair('ES256', { extractable: true });
      key = pair.privateKey as CryptoKey;
      pem = await exportSPKI(pair.publicKey);
    });

    const wallSeconds = (): number => Math.floor(Date.now() / 1000);
    const sign = (claims: { iss?: string; exp?: number; kid?: string } = {}) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: claims.kid ?? 'KEY1234567' })
        .setIssuer(claims.iss ?? 'TEAM123456')
        .setIssuedAt(wallSeconds())
        .setExpirationTime(claims.exp ?? wallSeconds() + 600)
        .sign(key);

    const status = async (token: string | undefined) =>
      (
        await mdm.send('GET', OWNED, {
          query: { ids: '100' },
          headers: { ...cookie(), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        })
      ).status;

    it('are verified if the scenario has metadata_keys, with any virtual time', async () => {
      mdm = await managerOf({
        ...SCENARIO,
        vpp: {},
        clock: '2026-03-02T08:00:00Z',
        metadata_keys: [{ key_id: 'KEY1234567', team_id: 'TEAM123456', public_key: pem }],
      });
      assert.equal(await status(await sign()), 200);
      assert.equal(await status(undefined), 401);
      assert.equal(await status('nonsense'), 401);
      assert.equal(await status(await sign({ kid: 'OTHER12345' })), 401);
      assert.equal(await status(await sign({ iss: 'OTHER12345' })), 401);
      assert.equal(await status(await sign({ exp: wallSeconds() - 3600 })), 401);
      const [head, claims] = (await sign()).split('.');
      assert.equal(await status(`${head}.${claims}.${'A'.repeat(86)}`), 401);
    });

    it('expire in virtual time', async () => {
      mdm = await managerOf({
        ...SCENARIO,
        vpp: {},
        metadata_keys: [{ key_id: 'KEY1234567', team_id: 'TEAM123456', public_key: pem }],
      });
      const token = await sign();
      assert.equal(await status(token), 200);
      mdm.advance(3_600_000);
      assert.equal(await status(token), 401);
    });

    it('are checked for their form only, without metadata_keys or by behavior setting', async () => {
      mdm = await managerOf({ ...SCENARIO, vpp: {} });
      assert.equal(await status(await sign({ exp: wallSeconds() - 3600 })), 200);
      assert.equal(await status('nonsense'), 401);
      mdm = await managerOf({
        ...SCENARIO,
        vpp: { developer_token: 'shape' },
        metadata_keys: [{ key_id: 'KEY1234567', team_id: 'TEAM123456', public_key: pem }],
      });
      assert.equal(await status(await sign({ kid: 'OTHER12345' })), 200);
    });

    it('select the organization by their key id', async () => {
      const keys = [{ key_id: 'KEY1234567', team_id: 'TEAM123456', public_key: pem }];
      await mdm.apple.addScenario({
        name: 'other',
        apps: [{ adam_id: 7, name: 'Other' }],
        metadata_keys: keys,
      });
      const headers = { authorization: `Bearer ${await sign()}` };
      const { body } = await mdm.send('GET', '/v1/catalog/us/apps/7', { headers });
      assert.equal(body.data[0].attributes.name, 'Other');
    });
  });
});
