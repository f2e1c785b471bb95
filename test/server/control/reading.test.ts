import assert from 'node:assert/strict';
import { serverNamed } from '../../../src/organization/enrollment/mdm-server.ts';
import { environmentOf } from '../../../src/server/control/environment.ts';
import { ControlClient, URL_OF_SERVER } from './control-client.ts';

const serviceVariables = ({ apple }: ControlClient): Record<string, string> => ({
  CRABAPPLE_PUSH_TOPIC: apple.tenants.default.organization.push.topic,
  FLEET_DEV_MDM_APPLE_PUSH_SERVER_URL: URL_OF_SERVER,
  FLEET_DEV_VPP_URL: `${URL_OF_SERVER}/mdm/v2`,
  FLEET_DEV_ITUNES_URL: `${URL_OF_SERVER}/lookup`,
  FLEET_DEV_STOKEN_AUTHENTICATED_APPS_URL: `${URL_OF_SERVER}/v1/catalog/us/stoken-authenticated-apps?platform=iphone&additionalPlatforms=ipad,mac&extend[apps]=latestVersionInfo`,
  FLEET_DEV_VPP_PROXY_AUTH_URL: `${URL_OF_SERVER}/api/vpp/v1/auth`,
});

describe('health and environment', () => {
  it('returns status, version and uptime', async () => {
    const client = await ControlClient.of();
    const { status, headers, body } = await client.request('GET', 'health');
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-store');
    assert.deepEqual(
      { ...body, uptime_seconds: 0 },
      { status: 'ok', version: '1.2.3', uptime_seconds: 0, organizations: 1 },
    );
    assert.ok(body.uptime_seconds >= 5 && body.uptime_seconds < 60);
  });

  it('answers HEAD like GET, without a body', async () => {
    const client = await ControlClient.of();
    const { status, text } = await client.request('HEAD', 'health');
    assert.deepEqual([status, text], [200, '']);
  });

  it('returns the credentials of the first MDM server, unmasked', async () => {
    const client = await ControlClient.of();
    const token = (await client.request('GET', 'token')).body;
    assert.deepEqual((await client.request('GET', 'env')).body, {
      CRABAPPLE_URL: URL_OF_SERVER,
      CRABAPPLE_CONSUMER_KEY: token.consumer_key,
      CRABAPPLE_CONSUMER_SECRET: token.consumer_secret,
      CRABAPPLE_ACCESS_TOKEN: token.access_token,
      CRABAPPLE_ACCESS_SECRET: token.access_secret,
      ...serviceVariables(client),
    });
  });

  it('returns those of a named MDM server, by name or UUID', async () => {
    const client = await ControlClient.of();
    const { serverUuid } = serverNamed(client.tenant.organization.enrollment, 'Second MDM')!;
    const token = (await client.request('GET', 'token?mdm_server=Second%20MDM')).body;
    for (const name of ['Second%20MDM', serverUuid]) {
      const { body } = await client.request('GET', `env?mdm_server=${name}`);
      assert.equal(body.CRABAPPLE_CONSUMER_KEY, token.consumer_key);
      assert.equal(body.CRABAPPLE_ACCESS_SECRET, token.access_secret);
      assert.equal(body.CRABAPPLE_PUSH_TOPIC, serviceVariables(client).CRABAPPLE_PUSH_TOPIC);
    }
  });

  it('returns the content token of a named location', async () => {
    const client = new ControlClient();
    await client.apple.addScenario('name: Two\nlocations: [{ name: Oak }, { name: Elm }]');
    const tokenOf = async (query: string): Promise<string> =>
      (await client.request('GET', `env${query}`)).body.CRABAPPLE_CONTENT_TOKEN;
    const file = async (location: string): Promise<string> =>
      (await client.request('POST', `content-tokens?location=${location}`)).text;
    assert.equal(await tokenOf(''), await file('Oak'));
    assert.equal(await tokenOf('?location=Elm'), await file('Elm'));
    assert.notEqual(await file('Oak'), await file('Elm'));
  });

  it('has the depsim variable if the organization has depsim, and only the URL without an organization', async () => {
    const client = await ControlClient.of({ depsim: true, mdmServers: [], devices: [] });
    assert.deepEqual((await client.request('GET', 'env')).body, {
      CRABAPPLE_URL: URL_OF_SERVER,
      ...serviceVariables(client),
      MICROMDM_DEPSIM_URL: URL_OF_SERVER,
    });
    assert.deepEqual(environmentOf(new ControlClient().apple, { url: `${URL_OF_SERVER}/` }), {
      CRABAPPLE_URL: URL_OF_SERVER,
    });
  });

  it('has TLS port, proxy and CA file if there are any', () => {
    const addresses = { url: 'http://a', tlsUrl: 'https://b', proxyUrl: 'http://c', caFile: '/d' };
    assert.deepEqual(environmentOf(new ControlClient().apple, addresses), {
      CRABAPPLE_URL: 'http://a',
      CRABAPPLE_TLS_URL: 'https://b',
      CRABAPPLE_PROXY_URL: 'http://c',
      CRABAPPLE_CA_FILE: '/d',
    });
  });

  it('finds the organization by its id', async () => {
    const client = await ControlClient.of();
    await client.add('second');
    const [one, two] = await Promise.all([
      client.request('GET', 'env'),
      client.request('GET', 'env?organization=second'),
    ]);
    assert.notEqual(one.body.CRABAPPLE_CONSUMER_KEY, two.body.CRABAPPLE_CONSUMER_KEY);
  });
});

describe('organizations', () => {
  it('are listed and deleted with their journals', async () => {
    const client = await ControlClient.of();
    await client.traffic(await client.add('second', { name: 'Second' }));
    const { body } = await client.request('GET', 'organizations');
    assert.deepEqual(
      // biome-ignore lint/suspicious/noExplicitAny: an answer
      body.map(({ id, name, default: isDefault, devices, mdm_servers }: any) => [
        id,
        name,
        isDefault,
        devices,
        mdm_servers.length,
      ]),
      [
        ['acme', 'Acme', true, 3, 2],
        ['second', 'Second', false, 3, 2],
      ],
    );
    assert.deepEqual((await client.request('DELETE', 'organizations?id=second')).body, { deleted: 'second' });
    await client.add('second');
    assert.deepEqual((await client.request('GET', 'journal?organization=second')).body.entries, []);
    assert.deepEqual((await client.request('DELETE', 'organizations?organization=second')).body, {
      deleted: 'second',
    });
  });

  it('are added from a scenario', async () => {
    const client = await ControlClient.of();
    const added = await client.request('POST', 'organizations?id=third&default=true', {
      body: 'name: Third\nseed: 3\n',
    });
    assert.equal(added.status, 201, added.text);
    assert.equal(added.body.id, 'third');
    assert.match(added.body.env.CRABAPPLE_CONSUMER_KEY, /^CK_/);
    assert.equal(client.tenant.id, 'third');
    assert.equal(
      (await client.request('POST', 'organizations', { body: '{"name": "In JSON"}' })).body.id,
      'in-json',
    );
  });

  it('are rejected with 409 for an id in use and 400 for an invalid one', async () => {
    const client = await ControlClient.of();
    assert.equal((await client.request('POST', 'organizations?id=acme', { body: 'name: A' })).status, 409);
    assert.equal((await client.request('POST', 'organizations?id=-', { body: 'name: A' })).status, 400);
  });

  it('are rejected with 409 for credentials of another organization', async () => {
    const client = await ControlClient.of();
    const { access_token_expiry: _, ...token } = (await client.request('GET', 'token')).body;
    const body = { name: 'Same', mdm_servers: [{ server_name: 'MDM', server_token: token }] };
    const answer = await client.request('POST', 'organizations', { body });
    assert.equal(answer.status, 409, answer.text);
    assert.match(answer.body.hint, /credentials: generate/);
  });

  it('are rejected with every problem of an invalid scenario', async () => {
    const client = await ControlClient.of();
    const answer = await client.request('POST', 'organizations', { body: 'nane: A\ndevices: 7\n' });
    assert.equal(answer.status, 400, answer.text);
    assert.ok(answer.body.problems.length > 1, answer.text);
  });
});
