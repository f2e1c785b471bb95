import assert from 'node:assert/strict';
import {
  type ClientHttp2Session,
  connect,
  constants,
  type OutgoingHttpHeaders,
  sensitiveHeaders,
} from 'node:http2';
import fc from 'fast-check';
import { respond } from '../../../src/core/outcome.ts';
import type { HttpRequest } from '../../../src/core/request.ts';
import { openTransports, type Transports } from '../open-transports.ts';

// The requests of Node's own client arrive unchanged, and so do the responses to it.

const NAMES = ['x-a', 'x-b', 'apns-topic', 'authorization', 'cookie', 'user-agent', 'accept', 'x-long-name'];

const text = fc
  .string({ unit: fc.constantFrom(...' !~"az09AZ{}/\u00e4\u00ff'), maxLength: 80 })
  .map((value) => value.trim());
const headers = fc.dictionary(fc.constantFrom(...NAMES), text, { maxKeys: 6 });

const request = fc.record({
  headers,
  secret: fc.subarray(NAMES),
  /** In the pieces in which it is written; undefined of a GET. */
  body: fc.option(fc.array(fc.constantFrom(0, 1, 7, 1000, 16_384, 40_000), { maxLength: 4 }), {
    nil: undefined,
  }),
  answer: headers,
  bodySize: fc.constantFrom(0, 1, 100, 16_384, 16_385, 120_000),
  streamed: fc.boolean(),
});
type SomeRequest = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const client = fc.record({
  paddingStrategy: fc.constantFrom(
    constants.PADDING_STRATEGY_NONE,
    constants.PADDING_STRATEGY_CALLBACK,
    constants.PADDING_STRATEGY_MAX,
  ),
  settings: fc.record({
    headerTableSize: fc.constantFrom(0, 4096, 65_536),
    initialWindowSize: fc.constantFrom(500, 65_535, 1_000_000),
    maxFrameSize: fc.constantFrom(16_384, 100_000),
  }),
});

const server = fc.record({
  headerTableSize: fc.constantFrom(0, 100, 4096, 65_536),
  initialWindowSize: fc.constantFrom(100, 65_535, 1_000_000),
  maxFrameSize: fc.constantFrom(16_384, 60_000),
});

const bytesOf = (size: number): Buffer => Buffer.alloc(size, 'abcdefghijk');

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

interface Came {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

function ask(
  session: ClientHttp2Session,
  index: number,
  { headers, secret, body }: SomeRequest,
): Promise<Came> {
  const fields: OutgoingHttpHeaders = {
    ...headers,
    ':method': body === undefined ? 'GET' : 'POST',
    ':path': `/${index}`,
    [sensitiveHeaders]: secret,
  };
  const stream = session.request(fields, { endStream: body === undefined });
  for (const size of body ?? []) stream.write(bytesOf(size));
  if (body !== undefined) stream.end();
  const chunks: Buffer[] = [];
  let came: Record<string, unknown> = {};
  stream.on('response', (responseHeaders) => {
    came = responseHeaders;
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('close', () => resolve({ fields: came, body: Buffer.concat(chunks) }));
  });
}

const only = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(NAMES.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));

describe("requests and responses of Node's HTTP/2 client", () => {
  let transports: Transports;
  let requests: readonly SomeRequest[] = [];
  let settings: Readonly<Record<string, number>> = {};
  const came = new Map<number, HttpRequest>();

  before(async () => {
    transports = await openTransports({
      onConnection: () => ({ kind: 'serve', settings }),
      handle: (received) => {
        const index = Number(received.path.slice(1));
        came.set(index, received);
        const { answer, bodySize, streamed } = requests[index]!;
        const bytes = bytesOf(bodySize);
        return respond(200, answer, streamed ? inPieces(bytes) : bytes);
      },
    });
  });
  after(() => transports.close());

  it('arrive unchanged in both directions', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        server,
        client,
        fc.array(request, { minLength: 1, maxLength: 8 }),
        async (ours, options, sentRequests) => {
          settings = ours;
          requests = sentRequests;
          came.clear();
          const session = connect(`http://127.0.0.1:${transports.plainPort}`, options);
          const answers = await Promise.all(sentRequests.map((one, index) => ask(session, index, one)));
          session.destroy();
          for (const [index, { fields, body }] of answers.entries()) {
            const { headers: sent, body: pieces = [], answer, bodySize } = sentRequests[index]!;
            const received = came.get(index)!;
            assert.deepEqual(only(received.headers), only(sent));
            assert.deepEqual(Buffer.from(received.body), Buffer.concat(pieces.map(bytesOf)));
            assert.deepEqual(only(fields), only(answer));
            assert.ok(body.equals(bytesOf(bodySize)), `got ${body.length} bytes instead of ${bodySize}`);
          }
        },
      ),
      { numRuns: 60, seed: 10 },
    );
  });
});
