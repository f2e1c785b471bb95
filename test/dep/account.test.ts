import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { SCENARIO } from './operations.ts';

describe('GET /account', () => {
  it('returns the organization and the MDM server of the session', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      organization: {
        org_name: 'Acme Corp',
        org_email: 'mdm@acme.example',
        org_phone: '+1 555 0100',
        org_address: '1 Orchard Road',
        org_id: '4711',
        org_type: 'org',
        org_version: 'v2',
      },
      mdm_servers: [
        { server_name: 'Acme MDM', admin_id: 'admin@acme.example', server_uuid: 'A1'.repeat(16) },
      ],
      devices: [],
    });
    const { body, headers } = await mdm.call('GET', '/account', { version: 3 });
    assert.equal(headers['content-type'], 'application/json;charset=UTF8');
    const { urls, org_id_hash, ...rest } = body;
    assert.deepEqual(rest, {
      server_name: 'Acme MDM',
      server_uuid: 'A1'.repeat(16),
      admin_id: 'admin@acme.example',
      facilitator_id: 'admin@acme.example',
      org_name: 'Acme Corp',
      org_email: 'mdm@acme.example',
      org_phone: '+1 555 0100',
      org_address: '1 Orchard Road',
      org_id: '4711',
      org_type: 'org',
      org_version: 'v2',
    });
    assert.match(org_id_hash, /^[0-9a-f]{64}$/);
    assert.ok(urls.length > 10);
  });

  it('makes up what the scenario leaves out, the same each time', async () => {
    const one = (await (await mdmOf({ seed: 3 })).call('GET', '/account', { version: 3 })).body;
    const two = (await (await mdmOf({ seed: 3 })).call('GET', '/account', { version: 3 })).body;
    assert.deepEqual(one, two);
    for (const [name, value] of Object.entries(one)) assert.notEqual(value, '', name);
    assert.match(one.server_uuid, /^[0-9A-F]{32}$/);
  });

  const urlsOf = async (scenario: object) => {
    const { body } = await (await mdmOf({ ...SCENARIO, ...scenario })).call('GET', '/account', {
      version: 3,
    });
    return Object.fromEntries(body.urls.map(({ uri, ...rest }: { uri: string }) => [uri, rest])) as Record<
      string,
      { http_method: string[]; limit?: object }
    >;
  };

  it('advertises the calls with their methods, and the limits that it enforces', async () => {
    const urls = await urlsOf({ behavior: { dep: { limit_default: 7, limit_max: 70 } } });
    assert.deepEqual(urls['/session'], { http_method: ['GET'] });
    assert.deepEqual(urls['/profile/devices'], { http_method: ['DELETE', 'POST', 'PUT'] });
    assert.deepEqual(urls['/profile'], { http_method: ['GET', 'POST'] });
    assert.deepEqual(urls['/server/devices'], { http_method: ['POST'], limit: { default: 7, maximum: 70 } });
    assert.deepEqual(urls['/devices/sync'], { http_method: ['POST'], limit: { default: 7, maximum: 70 } });
    assert.equal(urls['/devices']!.limit, undefined);
    assert.ok(!Object.keys(urls).some((uri) => uri.startsWith('/roster')));
  });

  it('advertises a limit that was changed after the first call', async () => {
    const mdm = await mdmOf(SCENARIO);
    const limits = async (): Promise<number[]> => {
      const { urls } = (await mdm.call('GET', '/account', { version: 3 })).body;
      return urls.flatMap(({ limit }: { limit?: { maximum: number } }) => limit?.maximum ?? []);
    };
    assert.deepEqual(await limits(), [1000, 1000]);
    mdm.organization.apply({ type: 'behavior_set', settings: { dep: { limit_max: 7 } } });
    assert.deepEqual(await limits(), [7, 7]);
  });

  it('advertises rosters to schools', async () => {
    const urls = await urlsOf({ organization: { org_type: 'edu' } });
    assert.deepEqual(urls['/roster/class'], { http_method: ['POST'] });
  });
});
