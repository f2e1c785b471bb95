import assert from 'node:assert/strict';
import { performAction } from '../../src/organization/actions.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { PROFILE_UUID, SCENARIO, SERIAL } from '../dep/operations.ts';
import { ask, opened, requestOf, textOf } from '../dep/requests.ts';

const encoder = new TextEncoder();
const START = Date.parse('2026-11-24T12:00:00Z');

const STORY: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/account'],
  ['POST', '/server/devices', { limit: 5 }],
  [
    'POST',
    '/profile',
    { profile_name: 'New', url: 'https://mdm.acme.example', devices: [SERIAL, 'UNKNOWN'] },
  ],
  ['PUT', '/profile/devices', { profile_uuid: PROFILE_UUID, devices: [SERIAL] }],
  ['POST', '/devices', { devices: [SERIAL] }],
  ['POST', '/devices/sync', { cursor: 'garbage' }],
  ['GET', '/os-beta-enrollment/tokens'],
  ['GET', '/nowhere'],
];

/** All responses to the same requests, headers included. */
async function responses(apple: SimulatedApple): Promise<string> {
  const session = await opened(apple);
  const answers = [session];
  const { organization } = apple.tenants.default;
  for (const [method, path, body] of STORY) {
    const headers = { 'x-adm-auth-session': session, 'x-server-protocol-version': '10' };
    const sent = body === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(body));
    const answer = await ask(apple, requestOf(method, path, { headers, body: sent }));
    answers.push(JSON.stringify([answer.status, answer.headers, textOf(answer)]));
    performAction(organization, { add_devices: [{ generate: 2 }] });
  }
  return answers.join('\n');
}

async function apple(changed: object = {}, id = 'acme', wall = () => START): Promise<SimulatedApple> {
  const made = new SimulatedApple({ host: { wall, sha256: () => 'x'.repeat(64) } });
  await made.addScenario(
    { name: 'test', ...SCENARIO, behavior: { dep: { oauth_check: 'keys_only' } }, ...changed },
    { id },
  );
  return made;
}

describe('responses to the same scenario, seed, id and requests', () => {
  it('are the same to the byte', async () => {
    assert.equal(await responses(await apple()), await responses(await apple()));
  });

  it('are the same on another day if the clock of the scenario is frozen', async () => {
    assert.equal(
      await responses(await apple()),
      await responses(await apple({}, 'acme', () => START + 1e10)),
    );
  });

  it('are the same after a reset', async () => {
    const made = await apple();
    const first = await responses(made);
    made.reset(made.tenants.default);
    assert.equal(await responses(made), first);
  });

  it('differ with another seed or id', async () => {
    const first = await responses(await apple());
    assert.notEqual(first, await responses(await apple({ seed: 8 })));
    assert.notEqual(first, await responses(await apple({}, 'other')));
  });

  it('with another id show the same devices', async () => {
    const devices = async (made: SimulatedApple): Promise<string> => {
      const headers = { 'x-adm-auth-session': await opened(made) };
      const answer = await ask(
        made,
        requestOf('POST', '/server/devices', { headers, body: encoder.encode('{}') }),
      );
      return JSON.stringify(JSON.parse(textOf(answer)).devices);
    };
    const generated = { devices: [{ generate: 50 }] };
    assert.equal(await devices(await apple(generated)), await devices(await apple(generated, 'other')));
  });
});
