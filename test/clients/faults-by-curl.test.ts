import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { curlClient } from './curl-client.ts';
import type { PushSettings } from './push-client.ts';
import { PushFixture } from './push-fixture.ts';

/** The outcome of one run of curl. */
interface CurlRun {
  /** 0 on success. */
  readonly exit: number;
  readonly status: number;
  readonly body: string;
  /** Wall-clock seconds of the transfer. */
  readonly seconds: number;
}

const runCurl = (parameters: readonly string[]): Promise<CurlRun> =>
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

const BAD_TOKEN = '{"reason":"BadDeviceToken"}';

/** One of these exit codes, this status and body, and at least this many seconds. */
interface Expected extends Partial<Omit<CurlRun, 'exit'>> {
  readonly exit?: readonly number[];
  /** Requests in the journal; 1 by default. */
  readonly requests?: number;
}

const UNCHANGED = { exit: [0], status: 400, body: BAD_TOKEN } as const;

/** The exit code for HTTP/2 without a response depends on the version of curl. */
const NO_RESPONSE = { exit: [16, 18, 52, 55, 56, 92], status: 0 } as const;

const STALLED: Expected = { exit: [28] };

/** Exit codes of curl: 28 timeout, 52 empty reply, 56 receive failure. */
const FAULTS: readonly (readonly [fault: object, http1: Expected, http2: Expected])[] = [
  [{ answer: 'TooManyRequests' }, { status: 429 }, { status: 429 }],
  [{ answer: { status: 503, body: 'down' } }, { status: 503, body: 'down' }, { status: 503, body: 'down' }],
  [{ answer: { reset: true } }, { exit: [56] }, NO_RESPONSE],
  [{ answer: { empty_reply: true } }, { exit: [52] }, NO_RESPONSE],
  // REFUSED_STREAM means that the request was not processed: curl retries by itself.
  [{ answer: { refused_stream: true } }, { exit: [52] }, { ...UNCHANGED, requests: 2 }],
  [{ answer: { goaway: 'Shutdown' } }, { exit: [52] }, NO_RESPONSE],
  [{ answer: { stall: true } }, STALLED, STALLED],
  [{ answer: { stream_limit: 1 } }, UNCHANGED, UNCHANGED],
  [
    { answer: { truncated_json: true } },
    { exit: [0], body: BAD_TOKEN.slice(0, 13) },
    { exit: [0], body: BAD_TOKEN.slice(0, 13) },
  ],
  [
    { answer: { malformed_json: true } },
    { exit: [0], body: `{${BAD_TOKEN}` },
    { exit: [0], body: `{${BAD_TOKEN}` },
  ],
  [{ latency: '300ms' }, { ...UNCHANGED, seconds: 0.3 }, { ...UNCHANGED, seconds: 0.3 }],
  [
    { latency: { uniform: ['300ms', '400ms'] } },
    { ...UNCHANGED, seconds: 0.3 },
    { ...UNCHANGED, seconds: 0.3 },
  ],
  [{ latency: { log_normal: { median: '50ms', sigma: 0.2 } } }, UNCHANGED, UNCHANGED],
  [{ bytes_per_second: 100 }, { ...UNCHANGED, seconds: 0.2 }, { ...UNCHANGED, seconds: 0.2 }],
];

describe(`${curlClient.name} under faults`, () => {
  let fixture: PushFixture;
  let settings: PushSettings;

  before(async function () {
    this.timeout(300_000);
    await curlClient.prepare(this);
    fixture = await PushFixture.start();
    settings = await fixture.withCertificate();
  });

  after(async () => {
    if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
  });

  afterEach(() => fixture.control.clearFaults());

  const UNKNOWN_TOKEN = `/3/device/${'ab'.repeat(32)}`;

  const transports: Readonly<Record<string, () => readonly string[]>> = {
    'HTTP/1.1': () => ['--http1.1', `${fixture.apple.url}${UNKNOWN_TOKEN}`],
    'HTTP/2 over TLS': () => [
      ...['--http2', '--cacert', settings.caFile, '--connect-to', `::${settings.host}:${settings.port}`],
      ...['--cert', settings.certificate!.certificateFile, '--key', settings.certificate!.keyFile],
      `https://api.push.apple.com${UNKNOWN_TOKEN}`,
    ],
  };
  const push = (transport: string, maxSeconds = '20'): Promise<CurlRun> =>
    runCurl(['--max-time', maxSeconds, '--data', '{"mdm":"x"}', ...transports[transport]!()]);

  for (const [fault, http1, http2] of FAULTS) {
    for (const [transport, expected] of [
      ['HTTP/1.1', http1],
      ['HTTP/2 over TLS', http2],
    ] as const) {
      it(`receives the fault ${JSON.stringify(fault)} over ${transport}, and the next response without it`, async () => {
        await fixture.control.addFault({ id: 'test', on: 'apns.push', times: 1, ...fault });
        const before = await fixture.control.lastSeq();
        const run = await push(transport, expected === STALLED ? '1' : '20');
        const { exit = [0], seconds = 0, requests = 1, ...same } = expected;
        assert.ok(exit.includes(run.exit), JSON.stringify(run));
        assert.ok(run.seconds >= seconds, JSON.stringify(run));
        assert.deepEqual({ ...run, ...same }, run);
        const entries = await fixture.control.journal(before);
        assert.equal(entries.length, requests);
        assert.equal(entries[0]?.fault, 'test');
        const again = await push(transport);
        assert.deepEqual([again.exit, again.body], [0, BAD_TOKEN]);
      });
    }
  }

  for (const transport of Object.keys(transports)) {
    it(`receives 429 over ${transport} beyond the rate_limit of a device`, async () => {
      await fixture.control.addFault({
        on: 'apns.push',
        rate_limit: { requests: 1, per: '1h', by: 'device' },
      });
      assert.equal((await push(transport)).status, 400);
      assert.equal((await push(transport)).status, 429);
    });
  }
});
