import assert from 'node:assert/strict';
import { createCrabapple } from '../../../src/index.ts';
import { appleHandlers } from '../../../src/msw.ts';
import { keyPair, providerToken, publicPem } from '../../apns/signing.ts';
import { Mocked } from './mocked.ts';

const APP = 'com.acme.app';
const TOKEN = 'cd'.repeat(32);
const URL = `https://api.push.apple.com/3/device/${TOKEN}`;

describe('pushes in MSW', () => {
  it('to an app need a valid provider token', async () => {
    const [pair, another] = await Promise.all([keyPair(), keyPair()]);
    const apple = await createCrabapple({
      name: 'pushing',
      devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN, push_topic: APP }],
      push: { team_id: 'TEAM000001', keys: [{ key_id: 'KEYTEAM001', public_key: await publicPem(pair) }] },
    });
    using _mocked = new Mocked(...appleHandlers(apple));
    const push = async (signer: typeof pair): Promise<readonly [number, unknown]> => {
      const iat = Math.floor(Date.now() / 1000);
      const token = await providerToken(signer, { kid: 'KEYTEAM001', iss: 'TEAM000001', iat });
      const headers = { authorization: `bearer ${token}`, 'apns-topic': APP, 'apns-push-type': 'alert' };
      const answer = await fetch(URL, { method: 'POST', headers, body: '{"aps":{"alert":"hello"}}' });
      const text = await answer.text();
      return [answer.status, text === '' ? undefined : (JSON.parse(text) as { reason: string }).reason];
    };
    assert.deepEqual(await push(pair), [200, undefined]);
    assert.deepEqual(await push(another), [403, 'InvalidProviderToken']);
  });

  it('to a device are accepted by device token, as on the plain port', async () => {
    const apple = await createCrabapple({
      name: 'pushing',
      devices: [{ serial_number: 'C02ACME0001', push_token: TOKEN }],
    });
    using _mocked = new Mocked(...appleHandlers(apple));
    const { push_magic } = apple.devices.get('C02ACME0001')!;
    const answer = await fetch(URL, { method: 'POST', body: JSON.stringify({ mdm: push_magic }) });
    assert.equal(answer.status, 200, answer.headers.get('x-crabapple-why') ?? '');
    assert.match(answer.headers.get('apns-id') ?? '', /^[0-9A-F-]{36}$/);
  });
});
