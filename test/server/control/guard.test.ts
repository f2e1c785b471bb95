import assert from 'node:assert/strict';
import { ControlClient, type RequestOptions, requestOf } from './control-client.ts';

describe('the guard of the control API', () => {
  const client = new ControlClient({ allowHosts: ['Crabapple', 'apple.test'] });

  const admitted: readonly RequestOptions[] = [
    { authority: '127.0.0.1:8990' },
    { authority: '127.8.9.10' },
    { authority: 'localhost' },
    { authority: 'LOCALHOST:1' },
    { authority: 'localhost.:8990' },
    { authority: 'acme.localhost:8990' },
    { authority: '[::1]:8990' },
    { authority: 'crabapple:8990' },
    { authority: 'APPLE.test' },
    { headers: { origin: 'http://localhost:3000' } },
    { headers: { origin: 'http://[::1]:3000' } },
    { headers: { origin: 'https://apple.test' } },
    { headers: { 'sec-fetch-site': 'same-origin' } },
    { headers: { 'sec-fetch-site': 'none' } },
  ];
  for (const options of admitted) {
    it(`allows ${JSON.stringify(options)}`, async () => {
      assert.equal((await client.request('GET', 'health', options)).status, 200);
    });
  }

  const rejected: readonly RequestOptions[] = [
    { authority: '' },
    { authority: 'evil.example' },
    { authority: 'evil.example:8990' },
    { authority: 'localhost.evil.example' },
    { authority: '127.0.0.1.evil.example' },
    { authority: '127.0.0.1:80@evil.example' },
    { authority: '128.0.0.1' },
    { authority: '[::2]' },
    { authority: '[::1' },
    { authority: 'mdmenrollment.apple.com' },
    { headers: { origin: 'null' } },
    { headers: { origin: 'http://evil.example' } },
    { headers: { origin: 'http://localhost.evil.example' } },
    { headers: { origin: 'file://' } },
    { headers: { 'sec-fetch-site': 'cross-site' } },
    { headers: { 'sec-fetch-site': 'Cross-Site' } },
  ];
  for (const options of rejected) {
    it(`rejects ${JSON.stringify(options)} with 403`, async () => {
      const answer = await client.request('GET', 'health', options);
      assert.equal(answer.status, 403);
      assert.deepEqual(Object.keys(answer.body), ['error', 'hint']);
    });
  }

  it('applies before anything else', async () => {
    const answer = await client.control(
      requestOf('GET', '/_crabapple/nothing', { authority: 'evil.example' }),
    );
    assert.equal(answer.kind === 'response' && answer.status, 403);
  });
});
