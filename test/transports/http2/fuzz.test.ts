import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { type Outcome, type Response, respond } from '../../../src/core/outcome.ts';
import { DeadlineList, type WithDeadline } from '../../../src/transports/http2/deadlines.ts';
import { SharedOutput } from '../../../src/transports/http2/flow-control.ts';
import { Session } from '../../../src/transports/http2/session.ts';
import { type Listener, openPort } from '../../../src/transports/listener.ts';
import { type RequestReceiver, TRANSPORT_LIMITS } from '../../../src/transports/receiver.ts';
import { Http2Client } from '../http2-client.ts';
import { conversation, PATHS } from './frame-arbitraries.ts';
import { stubReceiver } from './stub-receiver.ts';

// Whatever peers send and however they disconnect: everything that began ends, and no resource stays behind.

/** How many resources are alive, by kind. */
class Living {
  readonly counts = new Map<string, number>();

  add(kind: string, by: number): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + by);
  }

  get left(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].filter(([, count]) => count !== 0));
  }
}

/** A body of `pieces` chunks, one per turn of the event loop, until its reader is gone. */
function producedBytes(living: Living, pieces: number, size: number): AsyncIterable<Uint8Array> {
  let left = pieces;
  let ended = false;
  living.add('makers', 1);
  const end = () => {
    if (!ended) living.add('makers', -1);
    ended = true;
    return Promise.resolve({ done: true, value: undefined } as const);
  };
  const iterator = {
    async next() {
      await new Promise((resolve) => setImmediate(resolve));
      if (ended || left === 0) return end();
      left -= 1;
      return { done: false, value: Buffer.alloc(size) } as const;
    },
    return: end,
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

const later = (outcome: Outcome): Promise<Outcome> =>
  new Promise((resolve) => setImmediate(() => resolve(outcome)));

const withGoaway = (response: Response): Response => ({ ...response, effects: [{ kind: 'goaway' }] });

const OUTCOMES: readonly ((living: Living) => Outcome | Promise<Outcome>)[] = [
  () => respond(200, { 'apns-id': 'x' }),
  () => respond(400, {}, 'no'),
  () => respond(200, {}, 'x'.repeat(100_000)),
  () => later(respond(200, {}, 'later')),
  () => later({ kind: 'reset' }),
  (living) => respond(200, {}, producedBytes(living, 3, 10)),
  (living) => respond(200, {}, producedBytes(living, Number.POSITIVE_INFINITY, 50_000)),
  (living) => later(respond(200, {}, producedBytes(living, 2, 40_000))),
  (living) => ({ ...respond(200, {}, producedBytes(living, 2, 1)), pace: { delay: 1 } }),
  (living) => ({ ...respond(200, {}, producedBytes(living, 2, 1)), pace: { delay: 1_000_000 } }),
  () => ({ ...respond(200, {}, 'slow'), pace: { delay: 0, bytesPerSecond: 100 } }),
  (living) => respond(204, {}, producedBytes(living, 1, 1)),
  (living) => respond(999, {}, producedBytes(living, 1, 1)),
  () => ({ ...respond(200), effects: [{ kind: 'stream_limit', maxConcurrentStreams: 3 }] }),
  () => withGoaway(respond(200, {}, 'last')),
  () => ({ kind: 'stall' }),
  () => ({ kind: 'refused_stream' }),
  () => ({ kind: 'goaway', reason: 'Shutdown' }),
  () => later({ kind: 'goaway' }),
  () => ({ kind: 'empty_reply' }),
  () => {
    throw new Error('an exception in the receiver');
  },
];

/** A server of HTTP/2 that counts what lives in it. */
function trackedServer(living: Living): { readonly server: Server; close(): void } {
  const deadlines = new DeadlineList(TRANSPORT_LIMITS.request);
  const add = deadlines.add.bind(deadlines);
  const remove = deadlines.delete.bind(deadlines);
  deadlines.add = (item: WithDeadline) => {
    living.add('deadlines', 1);
    add(item);
  };
  deadlines.delete = (item: WithDeadline) => {
    if (item.addedBefore !== undefined) living.add('deadlines', -1);
    remove(item);
  };
  const receiver: RequestReceiver = {
    ...stubReceiver,
    handle: ({ path, body }) => {
      const outcome = OUTCOMES[Number(path.slice(1))];
      return outcome === undefined ? respond(200, {}, body) : outcome(living);
    },
  };
  const context = {
    receiver,
    limits: { ...TRANSPORT_LIMITS, body: 50_000 },
    deadlines,
    output: new SharedOutput(),
  };
  let id = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    living.add('connections', 1);
    socket.once('close', () => living.add('connections', -1));
    id += 1;
    const connection = {
      ...({ id, protocol: 'h2', secure: false, serverName: undefined, certificate: undefined } as const),
    };
    const session = new Session(socket, connection, context, { kind: 'serve', idle: 1_000_000 });
    const reserve = session.reserveBuffer.bind(session);
    const release = session.releaseBuffer.bind(session);
    const onStream = session.onStream.bind(session);
    const forget = session.forget.bind(session);
    session.reserveBuffer = (bytes) => {
      living.add('bytes', bytes);
      return reserve(bytes);
    };
    session.releaseBuffer = (bytes) => {
      living.add('bytes', -bytes);
      release(bytes);
    };
    session.onStream = () => {
      living.add('streams', 1);
      onStream();
    };
    session.forget = (stream) => {
      living.add('streams', -1);
      forget(stream);
    };
  });
  return { server, close: () => deadlines.close() };
}

const LEAVING = ['end', 'destroy', 'resetAndDestroy'] as const;

const peer = fc.record({
  bytes: conversation,
  /** Sizes of the chunks in which the bytes are sent. */
  pieces: fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 5000 })), { maxLength: 10 }),
  reads: fc.boolean(),
  /** Turns of the event loop before it disconnects. */
  patience: fc.constantFrom(0, 5, 50),
  leaving: fc.constantFrom(...LEAVING),
});
type SomePeer = typeof peer extends fc.Arbitrary<infer Value> ? Value : never;

async function meet(port: number, { bytes, pieces, reads, patience, leaving }: SomePeer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.setNoDelay();
  if (reads) socket.resume();
  let sent = 0;
  for (const size of [...pieces, bytes.length]) {
    socket.write(bytes.subarray(sent, sent + size));
    sent += size;
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let turn = 0; turn < patience; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  if (leaving === 'end') socket.end().resume();
  else socket[leaving]();
  await closed;
}

describe('random HTTP/2 peers', () => {
  const living = new Living();
  let port: Listener;
  let close: () => void;

  before(async () => {
    assert.equal(PATHS, OUTCOMES.length);
    const tracked = trackedServer(living);
    close = tracked.close;
    port = await openPort(tracked.server, 0, '127.0.0.1');
  });
  after(async () => {
    await port.close();
    close();
  });

  it('leave no resources behind, and other connections are served meanwhile', async function () {
    this.timeout(60_000);
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    // The timer of mocha runs from the next turn on.
    await new Promise((resolve) => setImmediate(resolve));
    const timersBefore = timers();
    await fc.assert(
      fc.asyncProperty(fc.array(peer, { minLength: 1, maxLength: 4 }), async (peers) => {
        const other = new Http2Client(`http://127.0.0.1:${port.port}`);
        const [answer] = await Promise.all([
          other.request(`/${PATHS}`, {}, 'ok'),
          ...peers.map((some) => meet(port.port, some)),
        ]);
        assert.deepEqual([answer.status, answer.body], [200, 'ok']);
        assert.equal((await other.request(`/${PATHS}`, {}, 'still')).body, 'still');
        other.session.destroy();
        await other.closed;
        for (let turn = 0; turn < 2000 && Object.keys(living.left).length > 0; turn += 1)
          await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(living.left, {});
      }),
      { numRuns: 400, seed: 9 },
    );
    assert.ok(timers() <= timersBefore, `${timers()} timers run instead of ${timersBefore}`);
  });
});
