import assert from 'node:assert/strict';
import { HttpResponse, http } from 'msw';
import { fetchPost } from '../../../src/core/fetch-post.ts';
import type { Posting } from '../../../src/core/post.ts';
import { createCrabapple } from '../../../src/index.ts';
import { appleHandlers } from '../../../src/msw.ts';
import { Mocked } from './mocked.ts';

const CONFIG = 'https://vpp.itunes.apple.com/mdm/v2/client/config';

const POSTING: Posting = {
  url: 'https://localhost/hook',
  headers: { authorization: 'Bearer secret' },
  body: '{}',
  timeout: 60_000,
  rules: {},
};

describe('notifications of Apps and Books in MSW', () => {
  it('reach a handler of the test, and its status decides whether they are accepted', async () => {
    const apple = await createCrabapple({
      name: 'notifying',
      webhooks: { allow_hosts: ['mdm.example'] },
      locations: [{ name: 'HQ' }],
    });
    const received: unknown[] = [];
    let status = 200;
    using _mocked = new Mocked(
      http.post('https://mdm.example/hook', async ({ request }) => {
        received.push([request.headers.get('authorization'), await request.json()]);
        return new HttpResponse(null, { status });
      }),
      ...appleHandlers(apple),
    );
    const subscribe = (notificationUrl: string) =>
      fetch(CONFIG, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apple.credentials.contentToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          notificationUrl,
          notificationAuthToken: 'secret',
          notificationTypes: ['ASSET_MANAGEMENT'],
        }),
      });
    assert.equal((await subscribe('https://mdm.example/hook')).status, 200);
    assert.equal(received.length, 1);
    const [authorization, { notificationType }] = received[0] as [string, { notificationType: string }];
    assert.deepEqual([authorization, notificationType], ['Bearer secret', 'TEST_NOTIFICATION']);
    status = 500;
    const rejected = await subscribe('https://mdm.example/hook');
    assert.match(
      rejected.headers.get('x-crabapple-why') ?? '',
      /TEST_NOTIFICATION was not delivered: it responded with 500/,
    );
    const elsewhere = await subscribe('https://other.example/hook');
    assert.match(
      elsewhere.headers.get('x-crabapple-why') ?? '',
      /other\.example is not loopback; name it under/,
    );
  });

  const HOSTS: readonly (readonly [given: Partial<Posting>, result: RegExp])[] = [
    [{}, /^status 204$/],
    [{ url: 'https://127.0.0.1:8443/hook' }, /^status 204$/],
    [{ url: 'https://[::1]/hook' }, /^status 204$/],
    [{ url: 'http://localhost/hook' }, /http: is not taken/],
    [{ url: 'http://localhost/hook', rules: { allow_http: true } }, /^status 204$/],
    [{ url: 'https://127.example/hook' }, /127\.example is not loopback/],
    [{ url: 'https://MDM.example/hook', rules: { allow_hosts: ['mdm.Example'] } }, /^status 204$/],
    [{ url: 'file:///etc/hosts' }, /file: is not taken/],
    [{ url: 'no URL' }, /Invalid URL/],
  ];
  for (const [given, expected] of HOSTS) {
    it(`to ${given.url ?? POSTING.url}${given.rules === undefined ? '' : ` by ${JSON.stringify(given.rules)}`}: ${expected.source}`, async () => {
      using _mocked = new Mocked(http.post('*/hook', () => new HttpResponse(null, { status: 204 })));
      const result = await fetchPost({ ...POSTING, ...given });
      assert.match(result.kind === 'failed' ? result.why : `status ${result.status}`, expected);
    });
  }

  it('fail after a timeout or network error, with the reason', async () => {
    using _mocked = new Mocked(
      http.post('https://localhost/hook', () => new Promise<never>(() => {})),
      http.post('https://localhost/gone', () => HttpResponse.error()),
    );
    assert.deepEqual(await fetchPost({ ...POSTING, timeout: 5 }), {
      kind: 'failed',
      why: 'it did not answer within 5 ms',
    });
    const gone = await fetchPost({ ...POSTING, url: 'https://localhost/gone' });
    assert.equal(gone.kind, 'failed');
  });
});
