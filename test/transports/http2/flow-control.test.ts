import assert from 'node:assert/strict';
import { respond } from '../../../src/core/outcome.ts';
import { SETTING } from '../../../src/transports/http2/settings.ts';
import { openTransports, type Transports } from '../open-transports.ts';
import { FLAG, fields, frame, REQUEST, TYPE } from './frames.ts';
import { Peer, setting, windowUpdate } from './peer.ts';

const SIZE = 100_000;

const dataOf = (lines: readonly string[]): number =>
  lines.filter((line) => line.startsWith('DATA')).reduce((sum, line) => sum + Number(line.split(' ')[2]), 0);

describe('HTTP/2 flow control', () => {
  let transports: Transports;
  let peer: Peer;

  before(async () => {
    transports = await openTransports({
      handle: ({ path }) => respond(200, {}, 'x'.repeat(path === '/x' ? SIZE : 10)),
    });
  });
  after(() => transports.close());
  afterEach(() => peer.close());

  const pinged = async (): Promise<readonly string[]> => {
    peer.send(frame(TYPE.ping, 0, 0, Buffer.alloc(8)));
    return peer.until(/^PING/);
  };

  it('sends DATA within the window of the connection and the rest after WINDOW_UPDATE', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.initialWindowSize, 1_000_000));
    peer.ask(1);
    assert.equal(dataOf(await pinged()), 65_535);
    peer.send(windowUpdate(0, 10));
    assert.equal(dataOf(await pinged()), 10);
    peer.send(windowUpdate(0, 1_000_000));
    assert.equal(dataOf(await peer.until(/ END$/)), SIZE - 65_535 - 10);
  });

  it('sends DATA within the window of a stream without blocking other streams', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.initialWindowSize, 100));
    peer.ask(1);
    peer.ask(3, { ':path': '/small' });
    const lines = await pinged();
    assert.deepEqual(
      lines.filter((line) => line.startsWith('DATA')),
      ['DATA 1 100', 'DATA 3 10 END'],
    );
    peer.send(windowUpdate(1, 50));
    assert.deepEqual(await peer.until(/^DATA/), ['DATA 1 50']);
  });

  it('changes the windows of open streams with SETTINGS, also below zero', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.initialWindowSize, 100));
    peer.ask(1);
    await peer.until(/^DATA 1 100/);
    peer.send(frame(TYPE.settings, 0, 0, setting(SETTING.initialWindowSize, 40)));
    peer.send(windowUpdate(1, 60));
    assert.equal(dataOf(await pinged()), 0);
    peer.send(windowUpdate(1, 5));
    assert.deepEqual(await peer.until(/^DATA/), ['DATA 1 5']);
    peer.send(frame(TYPE.settings, 0, 0, setting(SETTING.initialWindowSize, 50)));
    assert.equal(dataOf(await peer.until(/^DATA/)), 10);
  });

  it('sends WINDOW_UPDATE for a received body', async () => {
    peer = new Peer(transports.plainPort);
    const piece = Buffer.alloc(16_384);
    peer.ask(1, { ':path': '/small' });
    await peer.until(/ END$/);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 3, fields(REQUEST)));
    for (let count = 0; count < 2; count += 1) peer.send(frame(TYPE.data, 0, 3, piece));
    assert.deepEqual(await pinged().then((lines) => lines.filter((line) => line.startsWith('WINDOW'))), [
      'WINDOW_UPDATE 0 32768',
      'WINDOW_UPDATE 3 32768',
    ]);
  });

  it('resets a stream that exceeds its window with FLOW_CONTROL_ERROR', async () => {
    const closed = await openTransports({
      onConnection: () => ({ kind: 'serve', settings: { initialWindowSize: 0 } }),
    });
    peer = new Peer(closed.plainPort);
    peer.send(
      frame(TYPE.settings, FLAG.ack, 0),
      frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)),
      frame(TYPE.data, 0, 1, Buffer.from('too much')),
    );
    assert.deepEqual((await peer.until(/^RST/)).at(-1), 'RST_STREAM 1 flowControlError');
    // At once, not when its time is over: its body would be held until then.
    assert.deepEqual(closed.aborted, [{ path: '/x', ended: 'bad_framing' }]);
    await closed.close();
  });

  it('applies a smaller window only after the peer acknowledges SETTINGS', async () => {
    const narrow = await openTransports({
      onConnection: () => ({ kind: 'serve', settings: { initialWindowSize: 100 } }),
    });
    peer = new Peer(narrow.plainPort);
    const piece = Buffer.alloc(1000);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)), frame(TYPE.data, 0, 1, piece));
    peer.send(frame(TYPE.settings, FLAG.ack, 0));
    // It has sent more than it may by now, and gets so much back that it has what it begins with.
    assert.equal((await peer.until(/^WINDOW_UPDATE/)).at(-1), 'WINDOW_UPDATE 1 1000');
    peer.send(frame(TYPE.data, FLAG.endStream, 1, piece.subarray(0, 100)));
    await peer.until(/^DATA 1 1100 END/);
    await narrow.close();
  });

  it('sends no WINDOW_UPDATE of 0 for empty DATA when the window is 0', async () => {
    const closed = await openTransports({
      onConnection: () => ({ kind: 'serve', settings: { initialWindowSize: 0 } }),
    });
    peer = new Peer(closed.plainPort);
    peer.send(
      frame(TYPE.settings, FLAG.ack, 0),
      frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)),
      frame(TYPE.data, 0, 1),
      frame(TYPE.data, FLAG.endStream, 1),
    );
    const lines = await peer.until(/^HEADERS 1 :status 200/);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('WINDOW_UPDATE')),
      [],
    );
    await closed.close();
  });

  it('sends a large body at once to a peer with maximum windows', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.initialWindowSize, 2 ** 31 - 1));
    peer.send(windowUpdate(0, 2 ** 31 - 1 - 65_535));
    for (let stream = 1; stream < 200; stream += 2) peer.ask(stream);
    const lines: string[] = [];
    for (let ended = 0; ended < 100; ended += 1) lines.push(...(await peer.until(/ END$/)));
    assert.equal(dataOf(lines), 100 * SIZE);
  });
});
