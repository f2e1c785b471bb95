import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { JournalEntry } from '../src/engine/journal/entry.ts';
import { currentToken } from '../src/organization/enrollment/mdm-server.ts';
import {
  type CrabappleServer,
  type ListenOptions,
  openRouter,
  openServer,
  PortError,
} from '../src/server/open-server.ts';
import { SimulatedApple, simulateApple } from '../src/simulated-apple.ts';
import { Wire } from './transports/wire.ts';

let nonce = 1;

const SCENARIO = { name: 'served', depsim: true, mdm_servers: [{ server_name: 'Acme MDM' }] };

/** `GET /session`, signed for a URL by the first MDM server of the default organization. */
function signed(apple: SimulatedApple, url: string): Record<string, string> {
  const server = apple.tenants.default.organization.enrollment.servers[0]!;
  const token = currentToken(server);
  const parameters: Record<string, string> = {
    oauth_consumer_key: token.consumer_key,
    oauth_nonce: String(nonce++),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: token.access_token,
  };
  const text = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const base = ['GET', url, text].map(encodeURIComponent).join('&');
  parameters.oauth_signature = createHmac('sha1', `${token.consumer_secret}&${token.access_secret}`)
    .update(base)
    .digest('base64');
  const header = Object.entries(parameters).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return { authorization: `OAuth ${header.join(', ')}`, 'user-agent': 'test' };
}

describe('a simulated Apple that listens', () => {
  let apple: SimulatedApple;
  let server: CrabappleServer;

  async function serve(options: ListenOptions = {}): Promise<string> {
    apple = await simulateApple(SCENARIO);
    server = await openServer(apple, { port: 0, ...options });
    return server.url;
  }

  afterEach(() => server.close());

  it('listens on a loopback port and returns its URL', async () => {
    const url = await serve();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await fetch(`${url}/_crabapple/health`)).status, 200);
    assert.equal(server.env.CRABAPPLE_URL, url);
    assert.equal(server.env.MICROMDM_DEPSIM_URL, url);
    assert.match(server.env.CRABAPPLE_CONSUMER_KEY!, /^CK_/);
  });

  it('returns the environment of each of its organizations', async () => {
    const url = await serve();
    const { id, organization } = await apple.addScenario({ name: 'Second' });
    const { consumer_key } = currentToken(organization.enrollment.servers[0]!);
    const environment = await server.environment(id);
    assert.deepEqual([environment.CRABAPPLE_URL, environment.CRABAPPLE_CONSUMER_KEY], [url, consumer_key]);
    assert.deepEqual(await server.environment(), server.env);
    await assert.rejects(server.environment('third'), /no organization third is served/);
  });

  it('serves every path of the simulated Apple except below its own prefix', async () => {
    const url = await serve();
    assert.equal(
      (await fetch(`${url}/_crabapple`)).headers.get('content-type')?.split(';')[0],
      'application/json',
    );
    assert.equal(await (await fetch(`${url}/account`)).text(), 'UNAUTHORIZED');
    assert.equal((await fetch(`${url}/_crabapples`)).status, 404);
    const operations = [...apple.journal.entries(apple.tenants.default.id)].map(({ operation }) => operation);
    assert.deepEqual(operations, ['dep.account', undefined]);
  });

  it('accepts signatures of the URL that the client requested', async () => {
    const url = await serve();
    assert.equal((await fetch(`${url}/session`, { headers: signed(apple, `${url}/session`) })).status, 200);
  });

  for (const publicUrl of ['https://apple.test', 'https://apple.test:8443/mounted/']) {
    it(`takes signatures over its public URL ${publicUrl}`, async () => {
      await serve({ publicUrl });
      const url = `http://127.0.0.1:${server.port}`;
      const seen = `${publicUrl.replace(/\/$/, '')}/session`;
      assert.equal((await fetch(`${url}/session`, { headers: signed(apple, seen) })).status, 200);
      assert.equal(server.url, publicUrl.replace(/\/$/, ''));
      assert.equal((await fetch(`${url}/_crabapple/health`)).status, 200);
    });
  }

  it('records the body of an aborted request only in the journal', async () => {
    const url = await serve();
    const wire = await Wire.to(Number(new URL(url).port));
    const head = [
      'POST /devices HTTP/1.1',
      'Host: a',
      'Content-Length: 99',
      'Expect: 100-continue',
      '',
      '{"de',
    ];
    await wire.send(...head).until(/100 Continue/);
    const entry = new Promise<JournalEntry>((resolve) => apple.journal.onEntry(resolve));
    await wire.hangUp();
    const { operation, ended, response } = await entry;
    assert.deepEqual([operation, ended, response], ['dep.devices.details', 'client_gone', undefined]);
  });

  it('returns 413 for a body over 10 MB, and records it in the journal', async () => {
    const url = await serve();
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    const answer = await fetch(`${url}/profile`, { method: 'POST', body });
    assert.deepEqual([answer.status, await answer.text()], [413, '']);
    const [entry] = apple.journal.entries(apple.tenants.default.id);
    assert.deepEqual([entry?.operation, entry?.response?.status], ['dep.profile.define', 413]);
  });

  it('explains a control API request that is larger than the limit', async () => {
    const answer = await fetch(`${await serve()}/_crabapple/organizations`, {
      method: 'POST',
      body: 'x'.repeat(11_000_000),
    });
    const { error, hint } = (await answer.json()) as { readonly error: string; readonly hint: string };
    assert.deepEqual([answer.status, error], [413, 'the body is larger than 10485760 bytes']);
    assert.match(hint, /^send less at once/);
  });

  it('applies faults, latency included', async () => {
    apple = await simulateApple({
      ...SCENARIO,
      faults: [
        {
          on: 'dep.account',
          answer: { status: 503, body: 'later' },
          retry_after: '7s',
          latency: '5ms',
          times: 1,
        },
      ],
    });
    server = await openServer(apple, { port: 0 });
    const answer = await fetch(`${server.url}/account`);
    assert.deepEqual(
      [answer.status, answer.headers.get('retry-after'), await answer.text()],
      [503, '7', 'later'],
    );
    assert.equal((await fetch(`${server.url}/account`)).status, 401);
  });

  it('closes idle, busy and streaming connections when it closes, repeatedly', async () => {
    const url = await serve();
    const port = Number(new URL(url).port);
    const [idle, streaming, half] = await Promise.all([Wire.to(port), Wire.to(port), Wire.to(port)]);
    await idle.send('GET /account HTTP/1.1', 'Host: a', '', '').until(/^HTTP/);
    await streaming
      .send('GET /_crabapple/journal/stream HTTP/1.1', 'Host: 127.0.0.1', '', '')
      .until(/: the journal/);
    await half
      .send('POST /devices HTTP/1.1', 'Host: a', 'Content-Length: 9', 'Expect: 100-continue', '', '')
      .until(/100/);
    await Promise.all([server.close(), server.close(), idle.ended(), streaming.ended(), half.ended()]);
    await server.close();
    await assert.rejects(fetch(`${url}/account`));
  });

  it('has the same certificate authority as the other servers of its simulated Apple', async () => {
    await serve();
    const before = await server.ca();
    await server.close();
    server = await openServer(apple, { port: 0 });
    assert.equal(await server.ca(), before);
    await using other = await openServer(await simulateApple(SCENARIO), { port: 0 });
    assert.notEqual(await other.ca(), before);
  });

  it('closes at the end of an `await using` block', async () => {
    await serve();
    await server[Symbol.asyncDispose]();
    await assert.rejects(fetch(server.url));
  });

  it('explains an error if its port is taken', async () => {
    const url = await serve();
    await assert.rejects(openServer(apple, { port: Number(new URL(url).port) }), (error) => {
      assert.ok(error instanceof PortError);
      assert.match(`${error.message}; ${error.hint}`, /^port \d+ of 127\.0\.0\.1 is in use; .*--port 0/);
      return true;
    });
  });

  it('explains an error if the address is not one of this machine', async () => {
    await serve();
    await assert.rejects(
      openServer(apple, { port: 0, host: '192.0.2.1' }),
      /this machine has no address 192\.0\.2\.1/,
    );
  });

  it('returns an error while no organization is served', async () => {
    apple = new SimulatedApple();
    server = await openServer(apple, { port: 0 });
    const answer = await fetch(`${server.url}/account`);
    assert.deepEqual(
      [answer.status, await answer.text()],
      [503, 'no organization is served; POST a scenario to /_crabapple/organizations\n'],
    );
    const made = await fetch(`${server.url}/_crabapple/organizations`, {
      method: 'POST',
      body: 'name: first',
    });
    assert.ok(made.ok);
    assert.equal((await fetch(`${server.url}/account`)).status, 401);
  });
});

describe('a simulated Apple in an Express app of the caller', () => {
  let apple: SimulatedApple;
  let listening: Server;
  let url: string;

  function unmount(): void {
    listening.closeAllConnections();
    listening.close();
  }

  async function mount(app: RequestListener): Promise<void> {
    listening = createServer(app).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/apple`;
  }

  beforeEach(async () => {
    apple = await simulateApple(SCENARIO);
  });
  afterEach(() => unmount());

  it('serves requests below its mount path, and accepts their signatures', async () => {
    await mount(express().use('/apple', openRouter(apple)));
    assert.equal((await fetch(`${url}/session`, { headers: signed(apple, `${url}/session`) })).status, 200);
    assert.equal((await fetch(`${url}/_crabapple/health`)).status, 200);
  });

  it('returns URLs with the authority and path of the request, or `publicUrl` if given', async () => {
    const environment = async (): Promise<Record<string, string>> =>
      (await (await fetch(`${url}/_crabapple/env`)).json()) as Record<string, string>;
    await mount(express().use('/apple', openRouter(apple)));
    assert.equal((await environment()).CRABAPPLE_URL, url);
    assert.equal((await environment()).FLEET_DEV_VPP_URL, `${url}/mdm/v2`);
    const added = await fetch(`${url}/_crabapple/organizations`, { method: 'POST', body: 'name: Second' });
    assert.equal(((await added.json()) as { env: Record<string, string> }).env.CRABAPPLE_URL, url);
    unmount();
    await mount(express().use('/apple', openRouter(apple, { publicUrl: 'https://apple.test/' })));
    assert.equal((await environment()).CRABAPPLE_URL, 'https://apple.test');
  });

  it('accepts signatures within nested routers, and in apps that only shorten the path', async () => {
    const nested = express.Router().use('/apple', openRouter(apple));
    await mount(express().use('/deep', nested));
    url = url.replace('/apple', '/deep/apple');
    assert.equal((await fetch(`${url}/session`, { headers: signed(apple, `${url}/session`) })).status, 200);
    unmount();
    // As connect does, on which the servers of Vite and of others stand.
    const router = openRouter(apple);
    await mount((request, response) => {
      const { url: target = '' } = request;
      const cut = { originalUrl: target, url: target.slice('/apple'.length) };
      router(Object.assign(request, cut), response);
    });
    assert.equal((await fetch(`${url}/session`, { headers: signed(apple, `${url}/session`) })).status, 200);
  });

  it('leaves other paths to the app, and handles every path below its mount path', async () => {
    const app = express()
      .get('/apple/mine', (_request, response) => void response.send('mine'))
      .use('/apple', openRouter(apple))
      .get('/apple/never', (_request, response) => void response.send('never'))
      .get('/app', (_request, response) => void response.send('app'));
    await mount(app);
    const textOf = async (path: string): Promise<string> => (await fetch(url.replace('/apple', path))).text();
    assert.equal(await textOf('/app'), 'app');
    assert.equal(await textOf('/apple/mine'), 'mine');
    assert.notEqual(await textOf('/apple/never'), 'never');
    assert.equal(await textOf('/apple/account'), 'UNAUTHORIZED');
  });

  it('leaves errors of a body parser to the app', async () => {
    const errors: string[] = [];
    const onError: express.ErrorRequestHandler = ({ type }: { type: string }, _request, response, _next) => {
      errors.push(type);
      response.status(400).end();
    };
    const app = express()
      .use(express.json({ limit: 20 }))
      .use('/apple', openRouter(apple))
      .use(onError);
    await mount(app);
    for (const body of ['{"devices": ', JSON.stringify({ devices: ['C02ACME00001', 'C02ACME00002'] })]) {
      await fetch(`${url}/devices`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
    }
    assert.deepEqual(errors, ['entity.parse.failed', 'entity.too.large']);
    assert.equal([...apple.journal.entries(apple.tenants.default.id)].length, 0);
  });

  for (const [name, parser] of [
    ['JSON', express.json()],
    ['text', express.text({ type: '*/*' })],
    ['bytes', express.raw({ type: '*/*' })],
  ] as const) {
    it(`takes bodies that the app has read as ${name}`, async () => {
      await mount(express().use(parser).use('/apple', openRouter(apple)));
      const answer = await fetch(`${url}/_crabapple/clock`, {
        method: 'POST',
        body: '{"rate": 0}',
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 200);
      assert.equal(apple.tenants.default.organization.runtime.clock.rate, 0);
    });
  }
});
