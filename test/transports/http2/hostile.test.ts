import assert from 'node:assert/strict';
import { constants } from 'node:http2';
import { respond } from '../../../src/core/outcome.ts';
import { Http2Client } from '../http2-client.ts';
import { openTransports, type Transports } from '../open-transports.ts';
import { FLAG, fields, frame, type HostilePeer, hostilePeer, REQUEST, TYPE } from './frames.ts';

const BIG = 'x'.repeat(1_000_000);

const cancel = Buffer.from([0, 0, 0, constants.NGHTTP2_CANCEL]);

describe('a hostile HTTP/2 peer', () => {
  let transports: Transports;
  beforeEach(async () => {
    transports = await openTransports(
      { handle: ({ path, body }) => respond(200, {}, path === '/big' ? BIG : `${body.length}`) },
      { body: 100_000 },
    );
  });
  afterEach(() => transports.close());

  const others = async (): Promise<void> => {
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    assert.equal((await client.request('/other', {}, 'ok')).body, '2');
    client.close();
  };
  const opening = (stream: number, flags: number = FLAG.endHeaders): Buffer =>
    frame(TYPE.headers, flags, stream, fields(REQUEST));

  it('is disconnected for a field block that is too long', async () => {
    const peer = hostilePeer(transports.plainPort);
    const more = frame(TYPE.continuation, 0, 1, fields({ 'x-more': 'y'.repeat(10_000) }));
    peer.send(opening(1, 0), ...Array.from({ length: 100 }, () => more));
    await peer.closed;
    await others();
  });

  it('gets no response to a field list far beyond the limit', async () => {
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    const answer = await client.request('/x', { 'x-large': 'y'.repeat(70_000) });
    assert.equal(answer.status, undefined);
    assert.notEqual(answer.code, 0);
    client.session.destroy();
    assert.equal(transports.requests.length, 0);
    await others();
  });

  it('is disconnected when it opens streams only to reset them (CVE-2023-44487)', async () => {
    const peer = hostilePeer(transports.plainPort);
    const count = 20_000;
    for (let stream = 1; stream < 2 * count; stream += 2) {
      peer.send(opening(stream), frame(TYPE.reset, 0, stream, cancel));
    }
    await others();
    peer.socket.destroy();
    assert.ok(transports.aborted.length < count / 2, `${transports.aborted.length} of ${count} came through`);
  });

  it('is disconnected when it provokes resets (CVE-2025-8671)', async () => {
    await transports.close();
    transports = await openTransports({
      handle: ({ path }) => (path === '/other' ? respond(200, {}, '2') : new Promise(() => {})),
    });
    const peer = hostilePeer(transports.plainPort);
    const count = 20_000;
    const nothing = frame(TYPE.windowUpdate, 0, 1, Buffer.alloc(4));
    for (let stream = 1; stream < 2 * count; stream += 2) {
      nothing.writeUInt32BE(stream, 5);
      peer.send(opening(stream, FLAG.endHeaders | FLAG.endStream), nothing);
    }
    await peer.closed;
    await others();
    assert.ok(
      transports.requests.length < count / 2,
      `${transports.requests.length} of ${count} were handled`,
    );
  });

  for (const [what, one] of Object.entries({
    SETTINGS: frame(TYPE.settings, 0, 0, Buffer.from([0, 3, 0, 0, 0, 1])),
    PING: frame(TYPE.ping, 0, 0, Buffer.alloc(8)),
    'empty DATA': frame(TYPE.data, 0, 1),
  })) {
    it(`does not block other clients with a flood of ${what}`, async () => {
      const peer = hostilePeer(transports.plainPort);
      peer.send(opening(1), ...Array.from({ length: 20_000 }, () => one));
      await others();
      peer.socket.destroy();
    });
  }

  it('gets GOAWAY for bytes that are not HTTP/2', async () => {
    const peer = hostilePeer(transports.plainPort);
    const received: Buffer[] = [];
    peer.socket.on('data', (chunk: Buffer) => received.push(chunk));
    peer.send(Buffer.alloc(100_000, 0xff));
    const isGoaway = (): boolean => Buffer.concat(received).includes(Buffer.of(TYPE.goaway, 0, 0, 0, 0, 0));
    while (!isGoaway()) await new Promise((resolve) => setImmediate(resolve));
    await others();
    peer.socket.destroy();
  });

  it('gets 413 for a body that is too long, before it ends', async () => {
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    const stream = client.session.request({ ':method': 'POST', ':path': '/x' });
    let status: number | undefined;
    stream.on('response', (headers) => {
      status = headers[':status'];
    });
    stream.on('error', () => {});
    stream.resume();
    const pour = (): void => {
      if (stream.writable && !stream.destroyed) stream.write(Buffer.alloc(50_000), () => pour());
    };
    pour();
    await new Promise((resolve) => stream.once('close', resolve));
    client.session.destroy();
    assert.equal(status, 413);
    assert.equal(transports.requests.length, 0);
    await others();
  });

  it('has a stream canceled whose body does not end in time, reported as client_stalled', async () => {
    await transports.close();
    transports = await openTransports({}, { request: 50 });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    const stream = client.session.request({ ':method': 'POST', ':path': '/slow' });
    stream.on('error', () => {});
    stream.write('first');
    await new Promise((resolve) => stream.once('close', resolve));
    assert.equal(stream.rstCode, constants.NGHTTP2_CANCEL);
    assert.deepEqual(transports.aborted, [{ path: '/slow', ended: 'client_stalled' }]);
    assert.equal((await client.request('/other', {}, 'ok')).status, 200);
    client.close();
  });

  it('has a stream reset when all incomplete bodies together are too long', async () => {
    const peer = hostilePeer(transports.plainPort);
    const piece = Buffer.alloc(16_000);
    for (let stream = 1; stream <= 61; stream += 2)
      peer.send(opening(stream), frame(TYPE.data, 0, stream, piece));
    await others();
    peer.socket.destroy();
    await peer.closed;
    assert.equal(transports.requests.length, 1);
  });

  const LEAVING: Readonly<Record<string, (peer: HostilePeer) => void>> = {
    'closes its connection': ({ socket }) => socket.destroySoon(),
    'tears its connection down': ({ socket }) => socket.resetAndDestroy(),
    'resets its stream': (peer) => peer.send(frame(TYPE.reset, 0, 1, cancel)),
  };
  for (const [what, leave] of Object.entries(LEAVING)) {
    it(`that ${what} within a body is reported, and the request is not handled`, async () => {
      const peer = hostilePeer(transports.plainPort);
      peer.send(opening(1), frame(TYPE.data, 0, 1, Buffer.from('half')));
      await others();
      leave(peer);
      while (transports.aborted.length === 0) await new Promise((resolve) => setImmediate(resolve));
      peer.socket.destroy();
      assert.deepEqual(transports.aborted, [{ path: '/x', ended: 'client_gone' }]);
      assert.deepEqual(
        transports.requests.map(({ path }) => path),
        ['/other'],
      );
    });
  }

  it('that opens no window does not block other clients', async () => {
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`, {
      settings: { initialWindowSize: 0 },
    });
    for (let count = 0; count < 50; count += 1) void client.request('/big');
    await others();
    client.session.destroy();
    await client.closed;
    await others();
  });

  it('is not read from while it does not read itself', async () => {
    const peer = hostilePeer(transports.plainPort);
    peer.socket.pause();
    const pings = Buffer.concat(
      Array.from({ length: 20_000 }, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))),
    );
    // More than what the system keeps of a connection on both of its ends does not go.
    let isStuck = false;
    for (let sent = 0; sent < 500 && !isStuck; sent += 1) {
      peer.send(pings);
      for (let turn = 0; turn < 20 && peer.socket.writableLength > 0; turn += 1) await others();
      isStuck = peer.socket.writableLength > 0;
    }
    assert.ok(isStuck, 'the server reads on, whatever it has to answer');
    peer.socket.destroy();
    await others();
  });

  it('that closes at any moment affects only its own connection', async () => {
    const bytes = Buffer.concat([
      opening(1),
      frame(TYPE.data, 0, 1, Buffer.from('half')),
      frame(TYPE.data, FLAG.endStream, 1, Buffer.from('half')),
      opening(3, FLAG.endHeaders | FLAG.endStream),
    ]);
    for (let length = 0; length <= bytes.length; length += 7) {
      const peer = hostilePeer(transports.plainPort);
      peer.send(bytes.subarray(0, length));
      peer.socket.destroySoon();
    }
    await others();
  });
});
