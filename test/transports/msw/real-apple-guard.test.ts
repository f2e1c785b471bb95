import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import plain, { type ClientRequest, createServer, type IncomingMessage } from 'node:http';
import http2, { connect } from 'node:http2';
import secure from 'node:https';
import net, { type AddressInfo, type LookupFunction, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { http, passthrough } from 'msw';
import { type Crabapple, createCrabapple } from '../../../src/index.ts';
import { appleHandlers, type Guard, RealAppleError, refuseRealApple } from '../../../src/msw.ts';
import { listen } from '../../../src/server.ts';
import { DEP } from './browsing.ts';
import { Mocked } from './mocked.ts';

const PUSH = 'https://api.push.apple.com';

/** Waits for the result of a request, socket or session. */
async function outcomeOf(emitter: ClientRequest | Socket): Promise<unknown> {
  const [error] = await once(emitter, 'error');
  return error;
}

const assertBlocked = (error: unknown, host: string): void => {
  assert.ok(error instanceof RealAppleError, String(error));
  assert.equal(error.host, host);
  assert.match(error.message, /is the real Apple, and refuseRealApple\(\) blocks connections to it/);
  assert.match(error.message, /crabapple\/server/);
};

const elsewhere: LookupFunction = (_host, options, done) =>
  options.all ? done(null, [{ address: '192.0.2.1', family: 4 }]) : done(null, '192.0.2.1', 4);

const here: LookupFunction = (_host, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

const CONNECTIONS: Readonly<Record<string, readonly [host: string, open: () => Promise<unknown>]>> = {
  fetch: ['mdmenrollment.apple.com', () => fetch(`${DEP}/account`).catch((error: unknown) => error)],
  'fetch of a name with a dot at its end': [
    'vpp.itunes.apple.com.',
    () => fetch('https://VPP.itunes.apple.com./').catch((error: unknown) => error),
  ],
  'node:http': [
    'mdmenrollment.apple.com',
    () => outcomeOf(plain.get('http://mdmenrollment.apple.com/session')),
  ],
  'node:https': ['mdmenrollment.apple.com', () => outcomeOf(secure.get(`${DEP}/session`))],
  'node:https with an agent of its own': [
    'mdmenrollment.apple.com',
    () => outcomeOf(secure.get(`${DEP}/session`, { agent: new secure.Agent({ keepAlive: true }) })),
  ],
  'node:https with a look-up of its own': [
    'mdmenrollment.apple.com',
    () => outcomeOf(secure.get(`${DEP}/session`, { agent: new secure.Agent(), lookup: elsewhere })),
  ],
  'a socket': ['api.push.apple.com', () => outcomeOf(net.connect(443, 'api.push.apple.com'))],
  'a socket that is made first': [
    'api.push.apple.com',
    () => outcomeOf(new net.Socket().connect({ port: 2197, host: 'api.push.apple.com' })),
  ],
  'a socket to an address of Apple': [
    '17.188.143.34',
    () => outcomeOf(net.connect({ port: 443, host: '17.188.143.34' })),
  ],
  'a socket to an address of Apple in IPv6': [
    '2620:149:a44::1',
    () => outcomeOf(net.connect({ port: 443, host: '2620:149:a44::1' })),
  ],
  'a socket to an address of Apple written as IPv6': [
    '::ffff:17.1.2.3',
    () => outcomeOf(net.connect({ port: 443, host: '::ffff:17.1.2.3' })),
  ],
  'TLS to an address, under a name of Apple': [
    'vpp.itunes.apple.com',
    () => outcomeOf(tls.connect({ port: 443, host: '192.0.2.1', servername: 'vpp.itunes.apple.com' })),
  ],
  'TLS to another name, under a name of Apple': [
    'vpp.itunes.apple.com',
    () =>
      outcomeOf(
        tls.connect({
          port: 443,
          host: 'cdn.example',
          servername: 'vpp.itunes.apple.com',
          lookup: elsewhere,
        }),
      ),
  ],
  'a look-up of the name': [
    'gdmf.apple.com',
    () => new Promise((resolve) => dns.lookup('gdmf.apple.com', resolve)),
  ],
};

describe('refuseRealApple()', () => {
  let guard: Guard;
  afterEach(() => guard.restore());

  describe('blocks with advice', () => {
    beforeEach(() => {
      guard = refuseRealApple();
    });
    for (const [way, [host, open]] of Object.entries(CONNECTIONS)) {
      it(way, async () => assertBlocked(await open(), host));
    }

    it('node:http2 with a synchronous error', () => {
      assert.throws(
        () => connect(PUSH),
        (error) => {
          assertBlocked(error, 'api.push.apple.com');
          assert.match(
            (error as Error).message,
            /MSW cannot intercept: open a port with `listen\(apple, \{ tlsPort: 0 \}\)`/,
          );
          return true;
        },
      );
      assert.throws(() => http2.connect(new URL(PUSH)), RealAppleError);
    });

    it('node:http2 with its own connection or lookup', async () => {
      for (const options of [
        { lookup: elsewhere },
        {
          createConnection: () =>
            tls.connect({ host: '192.0.2.1', port: 443, servername: 'api.push.apple.com' }),
        },
      ]) {
        const [error] = await once(connect(PUSH, options), 'error');
        assertBlocked(error, 'api.push.apple.com');
      }
    });

    it('TLS through a tunnel to another machine', async () => {
      const server: Server = net.createServer((socket) => socket.resume());
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const tunnel = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(tunnel, 'connect');
      Object.defineProperty(tunnel, 'remoteAddress', { value: '192.0.2.1' });
      assertBlocked(
        await outcomeOf(tls.connect({ socket: tunnel, servername: 'api.push.apple.com' })),
        'api.push.apple.com',
      );
      tunnel.destroy();
      server.close();
    });
  });

  describe('allows', () => {
    let apple: Crabapple;
    beforeEach(async () => {
      apple = await createCrabapple({ name: 'test' });
      guard = refuseRealApple();
    });

    it('requests that MSW intercepts, in either order', async () => {
      for (const before of [true, false]) {
        guard.restore();
        if (before) guard = refuseRealApple();
        using mocked = new Mocked(
          http.get(`${DEP}/devices`, () => passthrough()),
          ...appleHandlers(apple, { hosts: ['mdmenrollment.apple.com'] }),
        );
        if (!before) guard = refuseRealApple();
        assert.equal((await fetch(`${DEP}/account`)).status, 401);
        // Without an agent: where MSW 3 mocked on a connection and lets the next request through, its error is lost.
        const [answer] = (await once(secure.get(`${DEP}/account`, { agent: false }), 'response')) as [
          IncomingMessage,
        ];
        answer.resume();
        assert.equal(answer.statusCode, 400);
        assertBlocked(
          await fetch(`${DEP}/devices`).catch((error: unknown) => error),
          'mdmenrollment.apple.com',
        );
        assertBlocked(
          await outcomeOf(secure.get(`${DEP}/devices`, { agent: false })),
          'mdmenrollment.apple.com',
        );
        assertBlocked(
          await fetch('https://vpp.itunes.apple.com/').catch((error: unknown) => error),
          'vpp.itunes.apple.com',
        );
        assert.deepEqual(mocked.unhandled, ['https://vpp.itunes.apple.com/']);
      }
    });

    it('loopback addresses under any host name', async () => {
      await using server = await listen(apple, { port: 0, tlsPort: 0 });
      const ca = await server.ca();
      const port = Number(new URL(server.tlsUrl!).port);
      assert.equal((await fetch(`${server.url}/account`)).status, 401);
      for (const options of [
        { host: '127.0.0.1', servername: 'api.push.apple.com' },
        { host: 'api.push.apple.com', lookup: here },
      ]) {
        const socket = tls.connect({ ...options, port, ca });
        await once(socket, 'secureConnect');
        socket.destroy();
      }
      const tunnel = net.connect(port, '127.0.0.1');
      const session = connect(PUSH, {
        ca,
        createConnection: () =>
          tls.connect({ socket: tunnel, servername: 'api.push.apple.com', ALPNProtocols: ['h2'], ca }),
      });
      await once(session, 'connect');
      session.destroy();
      tunnel.destroy();
    });

    it('other host names', async () => {
      const server = createServer((_request, response) => response.end('other'));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      assert.equal(await (await fetch(`http://localhost:${port}/`)).text(), 'other');
      for (const host of ['apple.com.example', 'notapple.com', 'apple.test']) {
        const [error] = await once(
          net.connect({ host, port, lookup: (_host, _options, done) => done(new Error(host), '') }),
          'error',
        );
        assert.equal((error as Error).message, host);
      }
      server.close();
    });
  });

  it('allows the hosts that every guard allows', async () => {
    const own = new Error('looked up');
    const ask = () =>
      outcomeOf(
        net.connect({
          host: 'developer.apple.com',
          port: 443,
          lookup: (_host, _options, done) => done(own, ''),
        }),
      );
    guard = refuseRealApple({ allow: ['Developer.apple.com'] });
    assert.equal(await ask(), own);
    assertBlocked(await CONNECTIONS.fetch![1](), 'mdmenrollment.apple.com');
    const stricter = refuseRealApple();
    assertBlocked(await ask(), 'developer.apple.com');
    stricter.restore();
    stricter.restore();
    assert.equal(await ask(), own);
  });

  it('restores all functions after the last guard', () => {
    const functions = () => [
      globalThis.fetch,
      dns.lookup,
      http2.connect,
      net.Socket.prototype.connect,
      (tls.TLSSocket.prototype as { setServername?: unknown }).setServername,
      connect,
    ];
    const before = functions();
    guard = refuseRealApple();
    {
      using _other = refuseRealApple();
      assert.notDeepEqual(functions(), before);
    }
    for (const [index, now] of functions().entries()) assert.notEqual(now, before[index]);
    guard.restore();
    assert.deepEqual(functions(), before);
  });

  it('throws in a browser with advice', () => {
    const { getBuiltinModule } = process;
    Object.defineProperty(process, 'getBuiltinModule', { value: undefined, configurable: true });
    try {
      assert.throws(
        () => refuseRealApple(),
        /works only in Node\. In a browser, start MSW with `onUnhandledRequest: 'error'`/,
      );
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', {
        value: getBuiltinModule,
        configurable: true,
        writable: true,
      });
    }
  });
});
