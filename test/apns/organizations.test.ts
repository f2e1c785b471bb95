import assert from 'node:assert/strict';
import type { Connection } from '../../src/core/connection.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { TenantError } from '../../src/engine/tenant.ts';
import { performAction } from '../../src/organization/actions.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { certificateFor, connectionWith } from './provider.ts';
import { keyPair, providerToken, publicPem } from './signing.ts';

const PLAIN = connectionWith({ secure: false, serverName: undefined, protocol: 'http/1.1' });
const TOKEN = 'cd'.repeat(32);

const scenario = (name: string, more: object = {}): object => ({ name, devices: [{ generate: 3 }], ...more });

function request(token: string, connection: Connection, headers: HttpRequest['headers'] = {}): HttpRequest {
  return {
    method: 'POST',
    scheme: 'http',
    authority: 'localhost:8990',
    path: `/3/device/${token}`,
    query: '',
    headers,
    body: new TextEncoder().encode('{"mdm":"x"}'),
    transport: { name: 'test', connection },
  };
}

describe('pushes to several organizations of one server', () => {
  let apple: SimulatedApple;

  beforeEach(async () => {
    apple = await simulateApple(scenario('First'));
    for (const name of ['Second', 'Third']) await apple.addScenario(scenario(name));
  });

  const organization = (id: string) => apple.tenants.get(id)!.organization;
  const tokenIn = (id: string): string => {
    const [device] = organization(id).enrollment.inventory.all();
    return organization(id).push.registrations.token(registrationOf(device!))!;
  };

  /** The organization whose journal has the request, and the status of the response. */
  async function landing(pushRequest: HttpRequest): Promise<string | undefined> {
    let found: string | undefined;
    const stop = apple.journal.onEntry((entry) => {
      found = `${entry.organization} ${entry.response?.status}`;
    });
    await apple.handle(pushRequest);
    stop();
    return found;
  }

  it('have topics and tokens of their own, from the same file', () => {
    const ids = ['first', 'second', 'third'];
    assert.equal(new Set(ids.map((id) => organization(id).push.topic)).size, 3);
    assert.equal(new Set(ids.map(tokenIn)).size, 3);
  });

  it('find the organization by the device token alone', async () => {
    for (const id of ['first', 'second', 'third']) {
      assert.equal(await landing(request(tokenIn(id), PLAIN)), `${id} 200`);
    }
  });

  it('find the organization by the topic of the certificate, whatever the token', async () => {
    const certificate = certificateFor(organization('second').push.topic, { notAfter: 8e15 });
    const connection = connectionWith({ certificate });
    assert.equal(await landing(request(tokenIn('second'), connection)), 'second 200');
    assert.equal(await landing(request(tokenIn('third'), connection)), 'second 400');
  });

  it('find the organization by the device token if no organization has the topic', async () => {
    const connection = connectionWith({
      certificate: certificateFor('com.apple.mgmt.External.new', { notAfter: 8e15 }),
    });
    assert.equal(await landing(request(tokenIn('third'), connection)), 'third 400');
  });

  it('find the organization by x-crabapple-topic if no organization has the token', async () => {
    const headers = { 'x-crabapple-topic': organization('third').push.topic };
    assert.equal(await landing(request(TOKEN, PLAIN, headers)), 'third 400');
  });

  it('go to the default organization if topic and token are unknown', async () => {
    assert.equal(await landing(request(TOKEN, PLAIN)), 'first 400');
  });

  it('find the organization by the key of a provider token', async () => {
    const pair = await keyPair();
    const push = {
      team_id: 'TEAM000001',
      keys: [{ key_id: 'KEY0000001', public_key: await publicPem(pair) }],
    };
    await apple.addScenario(scenario('Fourth', { push }));
    const token = await providerToken(pair, {
      kid: 'KEY0000001',
      iss: 'TEAM000001',
      iat: Math.floor(organization('fourth').runtime.clock.wallNow() / 1000),
    });
    const headers = { authorization: `bearer ${token}`, 'apns-topic': 'com.acme.app' };
    assert.equal(await landing(request(tokenIn('fourth'), connectionWith(), headers)), 'fourth 400');
  });

  it('find the organization by tokens of register_push until a reset', async () => {
    const { runtime } = organization('second');
    assert.ok(runtime);
    performAction(organization('second'), { register_push: [{ push_token: TOKEN }] });
    assert.equal(await landing(request(TOKEN, PLAIN)), 'second 200');
    apple.reset(apple.tenants.get('second')!);
    assert.equal(await landing(request(TOKEN, PLAIN)), 'first 400');
  });

  it('find the organization by tokens of devices that were added', async () => {
    const device = { serial_number: 'C02ADDED0001', push_token: TOKEN };
    performAction(organization('third'), { add_devices: [device] });
    assert.equal(await landing(request(TOKEN, PLAIN)), 'third 200');
  });

  it('find the same organization after a server token is renewed', async () => {
    performAction(organization('second'), { register_push: [{ push_token: TOKEN }] });
    performAction(organization('second'), { renew_server_token: {} });
    assert.equal(await landing(request(TOKEN, PLAIN)), 'second 200');
  });

  for (const [what, given] of [
    ['topic', { push: { topic: 'com.apple.mgmt.External.given' } }],
    ['key id', { push: { keys: [{ key_id: 'KEY0000001' }] } }],
    ['push token', { devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN }] }],
  ] as const) {
    it(`are rejected with a ${what} that another organization has, unless credentials are generated`, async () => {
      await apple.addScenario(scenario('Holder', given));
      await assert.rejects(apple.addScenario(scenario('Second', given)), (error) => {
        assert.ok(error instanceof ScenarioError, String(error));
        assert.ok(error.problems[0]!.path.length > 1);
        return true;
      });
      await apple.addScenario(scenario('Second', { ...given, credentials: 'generate' }));
    });
  }
});

describe('the push part of a scenario', () => {
  for (const [title, wrong] of [
    ['a push token with an odd digit', { devices: [{ serial_number: 'A', push_token: 'abc' }] }],
    [
      'one push token for two devices',
      {
        devices: [
          { serial_number: 'A', push_token: 'ab' },
          { serial_number: 'B', push_token: 'AB' },
        ],
      },
    ],
    ['a key id of nine characters', { push: { keys: [{ key_id: 'KEY000001' }] } }],
    ['two keys of one id', { push: { keys: [{ key_id: 'KEY0000001' }, { key_id: 'KEY0000001' }] } }],
    [
      'a related key that is not there',
      { push: { keys: [{ key_id: 'KEY0000001', related_key: 'KEY0000002' }] } },
    ],
    ['a public key that is none', { push: { keys: [{ public_key: 'x' }] } }],
    ['a topic with a space', { push: { topic: 'a b' } }],
    ['an unknown behavior', { behavior: { apns: { token_sintax: 'any' } } }],
  ] as const) {
    it(`is rejected with ${title}`, async () => {
      await assert.rejects(simulateApple({ name: 'wrong', ...wrong }), ScenarioError);
    });
  }

  it('is rejected with a TenantError for the topic of another organization in a definition', async () => {
    const apple = await simulateApple(scenario('One'));
    const { scenario: definition } = apple.tenants.default;
    const push = { topic: apple.tenants.default.organization.push.topic };
    const taken = { ...definition, organization: { ...definition.organization, push } };
    await assert.rejects(apple.tenants.add(taken, { id: 'two' }), TenantError);
  });
});
