import assert from 'node:assert/strict';
import { once } from 'node:events';
import plain, { createServer, type IncomingMessage } from 'node:http';
import secure from 'node:https';
import type { AddressInfo } from 'node:net';
import { HttpResponse, http, passthrough } from 'msw';
import { coreOf } from '../../../src/api/apple.ts';
import { type Crabapple, createCrabapple, type Scenario } from '../../../src/index.ts';
import { appleHandlers } from '../../../src/msw.ts';
import { DEP, openSession, signature } from './browsing.ts';
import { Mocked } from './mocked.ts';

const SCENARIO: Scenario = {
  name: 'in tests',
  mdm_servers: [{ server_name: 'Acme MDM' }],
  devices: [{ generate: 5, device_family: 'Mac' }],
};

describe('appleHandlers', () => {
  let apple: Crabapple;

  beforeEach(async () => {
    apple = await createCrabapple(SCENARIO);
  });

  const organization = () => coreOf(apple).tenants.default.organization;

  describe('with fetch', () => {
    const PLACES: readonly (readonly [base: string, hosts: readonly string[]])[] = [
      [DEP, []],
      [`${DEP}:8443`, []],
      [DEP, ['http://localhost:8990']],
      ['http://localhost:8990', ['localhost:8990']],
      ['https://localhost:8990', ['localhost:8990']],
      ['http://127.0.0.1:8990', ['http://127.0.0.1:8990/']],
      ['http://apple.test', ['http://apple.test']],
      ['http://localhost:3000/mock/apple', ['http://localhost:3000/mock/apple/']],
      ['http://[::1]:8990', ['http://[::1]:8990']],
    ];
    for (const [base, hosts] of PLACES) {
      it(`from session over account to devices at ${base}${hosts.length === 0 ? '' : ` by ${hosts}`}`, async () => {
        using mocked = new Mocked(...appleHandlers(apple, { hosts }));
        const headers = await openSession(organization(), base);
        const account = await fetch(`${base}/account`, { headers });
        assert.equal(account.status, 200);
        assert.equal(((await account.json()) as { server_name: string }).server_name, 'Acme MDM');
        const page = await fetch(`${base}/server/devices`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ limit: 3 }),
        });
        const { devices, more_to_follow } = (await page.json()) as {
          devices: unknown[];
          more_to_follow: boolean;
        };
        assert.deepEqual([page.status, devices.length, more_to_follow], [200, 3, true]);
        assert.deepEqual(mocked.unhandled, []);
      });
    }

    it('returns status, headers and body of Apple', async () => {
      using _mocked = new Mocked(...appleHandlers(apple));
      const answer = await fetch(`${DEP}/account`, { headers: await openSession(organization()) });
      const { length } = new Uint8Array(await answer.clone().arrayBuffer());
      assert.equal(answer.headers.get('content-length'), String(length));
      assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF8');
      const rejected = await fetch(`${DEP}/account`);
      assert.equal(rejected.status, 401);
      assert.equal(await rejected.text(), 'UNAUTHORIZED');
      assert.match(rejected.headers.get('x-crabapple-why') ?? '', /X-ADM-Auth-Session header is missing/);
    });

    it('records the exchange with its transport in the journal', async () => {
      using _mocked = new Mocked(...appleHandlers(apple, { hosts: ['http://localhost:3000/apple'] }));
      await fetch('http://localhost:3000/apple/mdm/v2/service/config?a=b%20c');
      const [entry] = coreOf(apple).journal.entries(organization().id);
      assert.equal(entry?.operation, 'vpp.service_config');
      assert.equal(entry.transport, 'msw');
      const { authority, scheme, path, query } = entry.request;
      assert.deepEqual(
        [scheme, authority, path, query],
        ['http', 'localhost:3000', '/mdm/v2/service/config', 'a=b%20c'],
      );
    });

    it('responds to a wrong method or path like Apple', async () => {
      using _mocked = new Mocked(...appleHandlers(apple));
      assert.equal((await fetch(`${DEP}/account`, { method: 'DELETE' })).status, 405);
      const lost = await fetch(`${DEP}/acount`);
      assert.equal(lost.status, 404);
      assert.match(lost.headers.get('x-crabapple-why') ?? '', /did you mean \/account\?/);
      const unserved = await fetch('https://gdmf.apple.com/v2/pmv');
      assert.equal(unserved.status, 501);
      assert.match(await unserved.text(), /software updates/);
    });
  });

  describe('with node:http', () => {
    async function account(headers: Record<string, string>): Promise<number | undefined> {
      const [answer] = (await once(secure.get(`${DEP}/account`, { headers }), 'response')) as [
        IncomingMessage,
      ];
      answer.resume();
      return answer.statusCode;
    }

    it('rejects a request without a user agent', async () => {
      using _mocked = new Mocked(...appleHandlers(apple));
      const opened = await openSession(organization());
      assert.equal(await account({ ...opened, 'user-agent': 'acme/1' }), 200);
      assert.equal(await account({ ...opened }), 400);
    });
  });

  describe('among other handlers', () => {
    const BASE = 'http://localhost:8990';

    it('run after earlier handlers', async () => {
      using _mocked = new Mocked(
        http.get(`${DEP}/account`, () => HttpResponse.json({ server_name: 'of the test' })),
        ...appleHandlers(apple),
      );
      const headers = await openSession(organization());
      assert.deepEqual(await (await fetch(`${DEP}/account`, { headers })).json(), {
        server_name: 'of the test',
      });
    });

    it('run before later handlers', async () => {
      using _mocked = new Mocked(
        ...appleHandlers(apple, { hosts: [BASE] }),
        http.get(`${BASE}/account`, () => HttpResponse.text('never')),
        http.get(`${BASE}/mine`, () => HttpResponse.text('mine')),
      );
      assert.equal((await fetch(`${BASE}/account`)).status, 401);
      assert.equal(await (await fetch(`${BASE}/mine`)).text(), 'mine');
    });

    it('run after handlers that server.use() adds', async () => {
      using mocked = new Mocked(...appleHandlers(apple));
      mocked.server.use(
        http.get(`${DEP}/account`, () => HttpResponse.text('once', { status: 503 }), { once: true }),
      );
      const headers = await openSession(organization());
      const statuses: number[] = [];
      for (let time = 0; time < 2; time += 1)
        statuses.push((await fetch(`${DEP}/account`, { headers })).status);
      assert.deepEqual(statuses, [503, 200]);
    });

    it('leave other requests unhandled', async () => {
      const real = createServer((_request, response) => response.end('real'));
      await once(real.listen(0, '127.0.0.1'), 'listening');
      const own = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
      try {
        using mocked = new Mocked(...appleHandlers(apple, { hosts: [own] }));
        assert.equal(await (await fetch(`${own}/index.html`)).text(), 'real');
        assert.deepEqual(mocked.unhandled, [`${own}/index.html`]);
        assert.equal((await fetch(`${own}/account`)).status, 401);
      } finally {
        real.close();
      }
    });

    it('respect passthrough() of an earlier handler', async () => {
      const real = createServer((_request, response) => response.end('real'));
      await once(real.listen(0, '127.0.0.1'), 'listening');
      const own = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
      try {
        using mocked = new Mocked(
          http.get(`${own}/account`, () => passthrough()),
          ...appleHandlers(apple, { hosts: [own] }),
        );
        assert.equal(await (await fetch(`${own}/account`)).text(), 'real');
        const [answer] = (await once(plain.get(`${own}/session`), 'response')) as [IncomingMessage];
        answer.resume();
        assert.match(String(answer.headers['x-crabapple-why']), /Authorization/);
        assert.deepEqual(mocked.unhandled, []);
      } finally {
        real.close();
      }
    });

    it('work for two simulated Apples', async () => {
      const other = await createCrabapple({ ...SCENARIO, mdm_servers: [{ server_name: 'Other MDM' }] });
      using _mocked = new Mocked(
        ...appleHandlers(apple, { hosts: ['vpp.itunes.apple.com', 'http://one.test'] }),
        ...appleHandlers(other),
      );
      const headers = await openSession(coreOf(other).tenants.default.organization);
      const account = await fetch(`${DEP}/account`, { headers });
      assert.equal(((await account.json()) as { server_name: string }).server_name, 'Other MDM');
      assert.equal(
        (await fetch('http://one.test/session', { headers: signature(organization(), 'http://one.test') }))
          .status,
        200,
      );
    });
  });

  describe('hosts', () => {
    it('include those of every service', async () => {
      const [handler] = appleHandlers(apple);
      for (const host of [
        'mdmenrollment.apple.com',
        'api.push.apple.com',
        'vpp.itunes.apple.com',
        'gdmf.apple.com',
      ])
        assert.equal(await handler!.test({ request: new Request(`https://${host}/`) }), true, host);
    });

    it('can be limited to some of Apple’s', async () => {
      const [named, ...others] = appleHandlers(apple, { hosts: ['vpp.itunes.apple.com'] });
      assert.deepEqual(others, []);
      const takes = (url: string) => named!.test({ request: new Request(url) });
      assert.equal(await takes('https://vpp.itunes.apple.com/mdm/v2/service/config'), true);
      assert.equal(await takes(`${DEP}/account`), false);
      assert.equal(await takes('https://vpp.itunes.apple.com.example/mdm/v2/service/config'), false);
      assert.equal(await takes('https://example.test/https://vpp.itunes.apple.com/'), false);
    });

    it('can be a path of the page in a browser', async () => {
      assert.throws(() => appleHandlers(apple, { hosts: ['/apple'] }), /neither a host name/);
      const location = { href: 'http://localhost:5173/devices?page=2' };
      Object.defineProperty(globalThis, 'location', { value: location, configurable: true });
      try {
        const [, handler] = appleHandlers(apple, { hosts: ['/apple'] });
        const takes = (url: string) => handler!.test({ request: new Request(url) });
        assert.equal(await takes('http://localhost:5173/apple/account'), true);
        assert.equal(await takes('http://localhost:5173/account'), false);
        assert.equal(await takes('http://localhost:5173/apple/index.html'), false);
      } finally {
        Reflect.deleteProperty(globalThis, 'location');
      }
    });

    for (const wrong of [
      '',
      'http://',
      'ftp://x y',
      '/relative',
      'http://localhost:8990?x=1',
      'http://a b',
    ]) {
      it(`reject ${JSON.stringify(wrong)}`, () => {
        assert.throws(
          () => appleHandlers(apple, { hosts: [wrong] }),
          /neither a host name such as .* nor a base URL/,
        );
      });
    }
  });
});
