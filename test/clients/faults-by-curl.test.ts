import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { curlClient } from './curl-client.ts';
import type { PushSettings } from './push-client.ts';
import { PushWorld } from './push-world.ts';

/** What curl makes of a request. */
interface Met {
  /** 0 where all is well. */
  readonly exit: number;
  readonly status: number;
  readonly body: string;
  /** Real seconds of the whole transfer. */
  readonly seconds: number;
}

const run = (parameters: readonly string[]): Promise<Met> =>
  new Promise((resolve) => {
    execFile(
      'curl',
      ['--silent', '--write-out', '\n%{http_code} %{time_total}', ...parameters],
      (error, stdout) => {
        const end = stdout.lastIndexOf('\n');
        const [status, seconds] = stdout
          .slice(end + 1)
          .split(' ')
          .map(Number);
        const exit = error === null ? 0 : Number(error.code);
        resolve({ exit, status: status!, body: stdout.slice(0, end), seconds: seconds! });
      },
    );
  });

const REFUSED = '{"reason":"BadDeviceToken"}';

/** What a row says of it: one of these exit codes, this status and body, as many seconds at least. */
interface Expected extends Partial<Omit<Met, 'exit'>> {
  readonly exit?: readonly number[];
  /** Requests in the journal; 1 where not given. */
  readonly requests?: number;
}

const WELL = { exit: [0], status: 400, body: REFUSED } as const;

/** Whatever ends HTTP/2 without an answer has one of these numbers, by curl's version. */
const GONE = { exit: [16, 18, 52, 55, 56, 92], status: 0 } as const;

const STALLED: Expected = { exit: [28] };

/** Exit codes are those of curl's manual: 28 time is up, 52 nothing came, 56 the connection broke. */
const FAULTS: readonly (readonly [fault: object, http1: Expected, http2: Expected])[] = [
  [{ answer: 'TooManyRequests' }, { status: 429 }, { status: 429 }],
  [{ answer: { status: 503, body: 'down' } }, { status: 503, body: 'down' }, { status: 503, body: 'down' }],
  [{ answer: { reset: true } }, { exit: [56] }, GONE],
  [{ answer: { empty_reply: true } }, { exit: [52] }, GONE],
  // A refused stream was not looked at, so that curl sends it again of its own.
  [{ answer: { refused_stream: true } }, { exit: [52] }, { ...WELL, requests: 2 }],
  [{ answer: { goaway: 'Shutdown' } }, { exit: [52] }, GONE],
  [{ answer: { stall: true } }, STALLED, STALLED],
  [{ answer: { stream_limit: 1 } }, WELL, WELL],
  [
    { answer: { truncated_json: true } },
    { exit: [0], body: REFUSED.slice(0, 13) },
    { exit: [0], body: REFUSED.slice(0, 13) },
  ],
  [
    { answer: { malformed_json: true } },
    { exit: [0], body: `{${REFUSED}` },
    { exit: [0], body: `{${REFUSED}` },
  ],
  [{ latency: '300ms' }, { ...WELL, seconds: 0.3 }, { ...WELL, seconds: 0.3 }],
  [{ latency: { uniform: ['300ms', '400ms'] } }, { ...WELL, seconds: 0.3 }, { ...WELL, seconds: 0.3 }],
  [{ latency: { log_normal: { median: '50ms', sigma: 0.2 } } }, WELL, WELL],
  [{ bytes_per_second: 100 }, { ...WELL, seconds: 0.2 }, { ...WELL, seconds: 0.2 }],
];

describe(`${curlClient.name} at what goes wrong`, () => {
  let world: PushWorld;
  let settings: PushSettings;

  before(async function () {
    this.timeout(300_000);
    await curlClient.prepare(this);
    world = await PushWorld.start();
    settings = await world.withCertificate();
  });

  after(async () => {
    if (world !== undefined) assert.equal(await world.stop(), 0);
  });

  afterEach(() => world.control.clearFaults());

  const NOBODY = `/3/device/${'ab'.repeat(32)}`;

  const transports: Readonly<Record<string, () => readonly string[]>> = {
    'HTTP/1.1': () => ['--http1.1', `${world.apple.url}${NOBODY}`],
    'HTTP/2 over TLS': () => [
      ...['--http2', '--cacert', settings.caFile, '--connect-to', `::${settings.host}:${settings.port}`],
      ...['--cert', settings.certificate!.certificateFile, '--key', settings.certificate!.keyFile],
      `https://api.push.apple.com${NOBODY}`,
    ],
  };
  const push = (transport: string, mostSeconds = '20'): Promise<Met> =>
    run(['--max-time', mostSeconds, '--data', '{"mdm":"x"}', ...transports[transport]!()]);

  for (const [fault, http1, http2] of FAULTS) {
    for (const [transport, expected] of [
      ['HTTP/1.1', http1],
      ['HTTP/2 over TLS', http2],
    ] as const) {
      it(`${JSON.stringify(fault)}, ${transport}`, async () => {
        await world.control.addFault({ id: 'trouble', on: 'apns.push', times: 1, ...fault });
        const before = await world.control.lastSeq();
        const met = await push(transport, expected === STALLED ? '1' : '20');
        const { exit = [0], seconds = 0, requests = 1, ...same } = expected;
        assert.ok(exit.includes(met.exit), JSON.stringify(met));
        assert.ok(met.seconds >= seconds, JSON.stringify(met));
        assert.deepEqual({ ...met, ...same }, met);
        const entries = await world.control.journal(before);
        assert.equal(entries.length, requests);
        assert.equal(entries[0]?.fault, 'trouble');
        const again = await push(transport);
        assert.deepEqual([again.exit, again.body], [0, REFUSED]);
      });
    }
  }

  for (const transport of Object.keys(transports)) {
    it(`a rate limit, ${transport}`, async () => {
      await world.control.addFault({
        on: 'apns.push',
        rate_limit: { requests: 1, per: '1h', by: 'device' },
      });
      assert.equal((await push(transport)).status, 400);
      assert.equal((await push(transport)).status, 429);
    });
  }
});
