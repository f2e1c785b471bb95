import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import type { FaultDefinition } from '../../src/engine/faults/definition.ts';
import { parseFault } from '../../src/scenario/parse.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { CATALOG } from '../../src/services/index.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { Http2Client } from '../transports/http2-client.ts';
import { Wire } from '../transports/wire.ts';

/** What a client saw of a request. */
interface Seen {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** HTTP/2: code of RST_STREAM, debug data of GOAWAY, stream limits in SETTINGS. */
  readonly code?: number | undefined;
  readonly goaways?: readonly string[] | undefined;
  readonly limits?: readonly (number | undefined)[] | undefined;
}

/** An operation of each service that needs no credential, with a JSON or text body in its response. */
const REQUESTS: readonly (readonly [operation: string, path: string])[] = [
  ['dep.session', '/session'],
  ['vpp.service_config', '/mdm/v2/service/config'],
  ['apns.channels.list', '/1/apps/com.example.app/all-channels'],
];

type Transport = (path: string) => Promise<Seen>;

describe('a fault, seen from outside', () => {
  let apple: SimulatedApple;
  let server: CrabappleServer;
  let ca: string;

  before(async () => {
    apple = new SimulatedApple();
    await apple.addScenario({ name: 'test', clock: { at: '2026-03-02T08:00:00Z', rate: 0 } });
    server = await openServer(apple, { port: 0, tlsPort: 0, bounds: { stall: 30 } });
    ca = await server.ca();
  });
  after(() => server.close());
  afterEach(() => {
    apple.tenants.default.faults.clear();
    apple.tenants.default.serverFaults.clear();
    apple.journal.forget(apple.tenants.default.id);
  });

  const http2 =
    (url: () => string): Transport =>
    async (path) => {
      const client = new Http2Client(url(), { ca });
      const answer = await client.request(path, { 'user-agent': 'test' });
      // Frames of the connection arrive before the response to this ping.
      if (!client.session.destroyed) {
        await new Promise((resolve) => client.session.ping(() => resolve(undefined)));
      }
      client.close();
      await client.closed;
      const { status, headers, body, code } = answer;
      const goaways = client.goaways.map(({ debug }) => debug);
      return { status, headers, body, code, goaways, limits: client.streamLimits };
    };

  const TRANSPORTS: Readonly<Record<string, Transport>> = {
    async 'HTTP/1.1'(path) {
      const wire = await Wire.to(server.port);
      wire.send(`GET ${path} HTTP/1.1\r\nHost: a\r\nUser-Agent: test\r\nConnection: close\r\n\r\n`);
      const { text } = await wire.ended();
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const headers = Object.fromEntries(
        fields.map((field) => [field.split(':')[0]!.toLowerCase(), field.slice(field.indexOf(':') + 2)]),
      );
      return { status: line === '' ? undefined : Number(line.split(' ')[1]), headers, body };
    },
    'HTTP/2 in the clear': http2(() => server.url),
    'HTTP/2 over TLS': http2(() => server.tlsUrl!),
  };

  async function set(fault: object, scope: 'faults' | 'serverFaults' = 'faults'): Promise<void> {
    await apple.tenants.default[scope].add(await parseFault(fault, CATALOG));
  }

  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  const isHttp1 = (transport: string): boolean => transport === 'HTTP/1.1';

  type Check = (seen: Seen, transport: string, whole: Seen) => void;

  const nothing: Check = ({ status }) => assert.equal(status, undefined);

  const unaffected: Check = ({ status, body }, _transport, whole) =>
    assert.deepEqual([status, body], [whole.status, whole.body]);

  const KINDS: readonly (readonly [
    fault: Partial<Record<keyof FaultDefinition, unknown>> & object,
    check: Check,
  ])[] = [
    [
      { answer: { status: 503, body: 'down' }, retry_after: '2s' } as object,
      ({ status, headers, body }) =>
        assert.deepEqual([status, headers['retry-after'], body], [503, '2', 'down']),
    ],
    [
      { answer: { reset: true } },
      ({ status, code }, transport) =>
        assert.deepEqual([status, code], [undefined, isHttp1(transport) ? undefined : 2]),
    ],
    [{ answer: { empty_reply: true } }, nothing],
    [
      { answer: { refused_stream: true } },
      ({ status, code }, transport) =>
        assert.deepEqual([status, code], [undefined, isHttp1(transport) ? undefined : 7]),
    ],
    [
      { answer: { goaway: 'Shutdown' } },
      ({ status, goaways }, transport) =>
        assert.deepEqual(
          [status, goaways],
          [undefined, isHttp1(transport) ? undefined : ['{"reason":"Shutdown"}']],
        ),
    ],
    [{ answer: { stall: true } }, nothing],
    [
      { answer: { stream_limit: 1 } },
      (seen, transport, whole) => {
        unaffected(seen, transport, whole);
        if (!isHttp1(transport)) assert.equal(seen.limits?.at(-1), 1);
      },
    ],
    [
      { answer: { truncated_json: true } },
      ({ body }, _transport, whole) =>
        assert.equal(body, whole.body.slice(0, Math.floor(whole.body.length / 2))),
    ],
    [
      { answer: { malformed_json: true } },
      ({ body }, _transport, whole) => {
        assert.equal(body, `{${whole.body}`);
        assert.ok(!isJson(body));
      },
    ],
    [{ latency: '1ms' }, unaffected],
    [{ latency: { uniform: ['0ms', '2ms'] } }, unaffected],
    [{ latency: { log_normal: { median: '1ms', sigma: 0.5 } } }, unaffected],
    [{ bytes_per_second: 100_000 } as object, unaffected],
  ];

  for (const [transport, ask] of Object.entries(TRANSPORTS)) {
    for (const [operation, path] of REQUESTS) {
      for (const [fault, check] of KINDS) {
        it(`${JSON.stringify(fault)} on ${operation}, ${transport}, once and in the journal`, async () => {
          const whole = await ask(path);
          await set({ id: 'f', on: operation, times: 1, ...fault });
          check(await ask(path), transport, whole);
          unaffected(await ask(path), transport, whole);
          const applied = [...apple.journal.entries(apple.tenants.default.id)].map((entry) => entry.fault);
          assert.deepEqual(applied, [undefined, 'f', undefined]);
          const [reported] = apple.verify().suites[0]!.faults;
          assert.deepEqual([reported?.id, reported?.applied], ['f', 1]);
        });
      }
    }
  }

  /** The result of a TLS handshake for a host name: `connected`, or the error. */
  async function handshake(servername: string): Promise<string> {
    const socket = connectTls({
      port: Number(new URL(server.tlsUrl!).port),
      host: '127.0.0.1',
      servername,
      ca,
    });
    try {
      await Promise.race([
        once(socket, 'secureConnect'),
        once(socket, 'close').then(() => Promise.reject(new Error('closed'))),
      ]);
      return 'connected';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    } finally {
      socket.destroy();
    }
  }

  const GONE = /^(ECONNRESET|closed)$/;

  for (const [answer, failure] of [
    [{ tls_alert: 'certificate_expired' }, /CERTIFICATE_EXPIRED/],
    [{ reset: true }, GONE],
    [{ empty_reply: true }, GONE],
    [{ stall: true }, GONE],
  ] as const) {
    const name = Object.keys(answer)[0];

    it(`applies to the second connection before its handshake: ${name}`, async () => {
      await set({ id: 'f', on: 'connection', nth: 2, answer }, 'serverFaults');
      assert.equal(await handshake('api.push.apple.com'), 'connected');
      assert.match(await handshake('api.push.apple.com'), failure);
      assert.equal(await handshake('api.push.apple.com'), 'connected');
      const entries = [...apple.journal.entries(apple.tenants.default.id)];
      assert.deepEqual(
        entries.map(({ operation, ended, fault }) => [operation, ended, fault]),
        [['connection', name, 'f']],
      );
    });

    it(`applies to connections by host name: ${name}`, async () => {
      await set({ on: 'connection', host: 'vpp.*', answer }, 'serverFaults');
      assert.equal(await handshake('api.push.apple.com'), 'connected');
      assert.match(await handshake('vpp.itunes.apple.com'), failure);
    });
  }

  it('applies to connections of HTTP/2 after the handshake: goaway, stream_limit', async () => {
    await set({ on: 'connection', times: 1, answer: { goaway: 'Shutdown' } }, 'serverFaults');
    await set({ on: 'connection', times: 1, answer: { stream_limit: 7 } }, 'serverFaults');
    const ask = TRANSPORTS['HTTP/2 over TLS']!;
    assert.deepEqual((await ask('/session')).goaways, ['{"reason":"Shutdown"}']);
    assert.equal((await ask('/session')).limits?.[0], 7);
    assert.equal((await ask('/session')).limits?.[0], 1000);
  });

  it('of the server applies to requests with an unknown credential, by host name, and not to the control API', async () => {
    await set({ id: 's', on: '*', host: 'apple.test', answer: { status: 500, body: '' } }, 'serverFaults');
    const client = new Http2Client(server.url);
    const authorization = 'OAuth oauth_consumer_key="CK_unknown"';
    const statusAt = async (authority: string, path: string): Promise<number | undefined> =>
      (await client.request(path, { ':authority': authority, 'user-agent': 'test', authorization })).status;
    assert.equal(await statusAt('apple.test', '/session'), 500);
    assert.equal(await statusAt('127.0.0.1', '/session'), 400);
    assert.equal(await statusAt('127.0.0.1', '/_crabapple/health'), 200);
    client.close();
  });
});
