import assert from 'node:assert/strict';
import type { ConnectionFailure } from '../../../src/core/connection.ts';
import { type Response, respond } from '../../../src/core/outcome.ts';
import { SETTING } from '../../../src/transports/http2/settings.ts';
import { openTransports, type Transports } from '../open-transports.ts';
import { FLAG, fields, frame, REQUEST, TYPE } from './frames.ts';
import { Peer, setting, windowUpdate } from './peer.ts';

describe('a malformed request of HTTP/2', () => {
  const refused: string[] = [];
  let transports: Transports;
  let peer: Peer;

  before(async () => {
    transports = await openTransports({
      refuse: (_request, status, why): Response => {
        refused.push(why);
        return respond(status, {}, why);
      },
    });
  });
  after(() => transports.close());
  beforeEach(() => {
    refused.length = 0;
    peer = new Peer(transports.plainPort);
  });
  afterEach(() => peer.close());

  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(REQUEST).filter(([other]) => other !== name));
  const CASES: Readonly<Record<string, readonly [block: Buffer, why: RegExp]>> = {
    'has no :method': [fields(without(':method')), /there is no :method/],
    'has no :scheme': [fields(without(':scheme')), /there is no :scheme/],
    'has no :path': [fields(without(':path')), /there is no :path/],
    'has a :path without a slash': [fields({ ...REQUEST, ':path': 'x' }), /does not begin with \//],
    'has a :path with a space': [fields({ ...REQUEST, ':path': '/a b' }), /white space/],
    'has two :path': [
      Buffer.concat([fields(REQUEST), fields({ ':path': '/y' })]),
      /:path comes more than once/,
    ],
    'has a pseudo-header field of answers': [
      fields({ ...REQUEST, ':status': '200' }),
      /:status is no pseudo/,
    ],
    'has a pseudo-header field after others': [
      fields({ ...without(':path'), 'x-a': '', ':path': '/' }),
      /:path comes after other fields/,
    ],
    'has a name with capitals': [fields({ ...REQUEST, 'Apns-Topic': 'x' }), /Apns-Topic has capitals/],
    'has a name with a space': [fields({ ...REQUEST, 'apns topic': 'x' }), /"apns topic" is no name/],
    'has a field of HTTP/1': [
      fields({ ...REQUEST, connection: 'close' }),
      /connection is a field of HTTP\/1/,
    ],
    'has a te beside trailers': [fields({ ...REQUEST, te: 'gzip' }), /te may be "trailers"/],
    'has a value with a line end': [fields({ ...REQUEST, 'x-a': 'a\r\nb' }), /line end/],
    'has a length that is none': [
      fields({ ...REQUEST, 'content-length': '-1' }),
      /content-length is no number/,
    ],
    'has two lengths': [
      Buffer.concat([fields({ ...REQUEST, 'content-length': '0' }), fields({ 'content-length': '5' })]),
      /content-length comes more than once/,
    ],
    'has a :method with a line end': [fields({ ...REQUEST, ':method': 'GET\r\nX' }), /:method is none/],
    'has an empty :method': [fields({ ...REQUEST, ':method': '' }), /:method is none/],
    'has an :authority with a line end': [
      fields({ ...REQUEST, ':authority': 'a\r\nb' }),
      /:authority has white space or a control character/,
    ],
  };
  for (const [what, [block, why]] of Object.entries(CASES)) {
    it(`is answered 400 with the reason, and its stream reset, where it ${what}`, async () => {
      peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, block));
      const lines = await peer.until(/^RST_STREAM/);
      assert.equal(lines.at(-1), 'RST_STREAM 1 protocolError');
      assert.ok(lines.some((line) => line.startsWith('HEADERS 1 :status 400')));
      assert.equal(refused.length, 1);
      assert.match(refused[0]!, why);
      peer.ask(3);
      await peer.until(/^HEADERS 3 :status 200/);
    });
  }

  it('is one whose body is shorter or longer than it says', async () => {
    peer.ask(1, { 'content-length': '5' }, 'four');
    peer.ask(3, { 'content-length': '5' });
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 1 protocolError');
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 3 protocolError');
    assert.match(refused[0]!, /content-length is 5, and the body has 4 bytes/);
    peer.ask(5, { 'content-length': '4' }, 'four');
    await peer.until(/^DATA 5 4 END/);
  });

  it('is one with header fields amid its body, or with pseudo-header fields after it', async () => {
    const half = frame(TYPE.data, 0, 1, Buffer.from('half'));
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)), half);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields({ 'x-trailer': '1' })));
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 1 protocolError');
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 3, fields(REQUEST)));
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 3, fields({ ':path': '/' })));
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 3 protocolError');
  });

  it('is none where it ends with trailers', async () => {
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.data, 0, 1, Buffer.from('body')));
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, fields({ 'x-trailer': '1' })));
    await peer.until(/^DATA 1 4 END/);
    assert.equal(Buffer.from(transports.requests.at(-1)!.body).toString(), 'body');
  });

  it('is none where its cookies come one by one: they are one field', async () => {
    const block = Buffer.concat([fields(REQUEST), fields({ cookie: 'a=1' }), fields({ cookie: 'b=2' })]);
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, block));
    await peer.until(/^HEADERS 1/);
    const { headers, repeated } = transports.requests.at(-1)!;
    assert.deepEqual([headers.cookie, repeated], ['a=1; b=2', undefined]);
  });

  it('is answered 431 where its list of header fields is beyond all measure', async () => {
    const more = fields({ 'x-large': 'y'.repeat(16_000) });
    peer.send(frame(TYPE.headers, FLAG.endStream, 1, fields(REQUEST)));
    for (let count = 0; count < 4; count += 1) peer.send(frame(TYPE.continuation, 0, 1, more));
    peer.send(frame(TYPE.continuation, FLAG.endHeaders, 1, more));
    await peer.until(/^HEADERS 1 :status 431/);
    peer.ask(3);
    await peer.until(/^HEADERS 3 :status 200/);
  });
});

describe('a peer that breaks HTTP/2', () => {
  const lost: ConnectionFailure[] = [];
  let transports: Transports;

  before(async () => {
    transports = await openTransports({ connectionFailed: (connection) => lost.push(connection) });
  });
  after(() => transports.close());
  beforeEach(() => {
    lost.length = 0;
  });

  const opening = frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST));
  const CASES: Readonly<Record<string, readonly [frames: Buffer, code: string, why: RegExp]>> = {
    'sends PUSH_PROMISE': [frame(5, 4, 1, Buffer.alloc(4)), 'protocolError', /PUSH_PROMISE/],
    'begins an even stream': [
      frame(TYPE.headers, 5, 2, fields(REQUEST)),
      'protocolError',
      /a client has begun stream 2/,
    ],
    'sends DATA on a stream that nobody has begun': [frame(0, 0, 7), 'protocolError', /DATA on stream 7/],
    'sends DATA on an even stream, which only a server could begin': [
      Buffer.concat([frame(TYPE.headers, 5, 3, fields(REQUEST)), frame(0, 0, 2)]),
      'protocolError',
      /DATA on stream 2/,
    ],
    'sends another frame within a block of fields': [
      Buffer.concat([frame(TYPE.headers, 0, 1, fields(REQUEST)), frame(TYPE.ping, 0, 0, Buffer.alloc(8))]),
      'protocolError',
      /within a block/,
    ],
    'sends a block that cannot be read': [
      frame(TYPE.headers, 4, 1, Buffer.of(0xff)),
      'compressionError',
      /RFC 7541/,
    ],
    'sends a PING of seven octets': [
      frame(TYPE.ping, 0, 0, Buffer.alloc(7)),
      'frameSizeError',
      /PING of 7 octets/,
    ],
    'opens the window beyond what there is': [
      windowUpdate(0, 2 ** 31 - 1),
      'flowControlError',
      /window of the connection/,
    ],
    'goes below the number of a stream': [
      Buffer.concat([frame(TYPE.headers, 5, 5, fields(REQUEST)), frame(TYPE.headers, 5, 3, fields(REQUEST))]),
      'protocolError',
      /stream 3 comes after stream 5/,
    ],
    'begins a stream twice': [
      Buffer.concat([frame(TYPE.headers, 5, 1, fields(REQUEST)), frame(TYPE.headers, 5, 1, fields(REQUEST))]),
      'streamClosed',
      /HEADERS on stream 1, which is closed/,
    ],
  };
  for (const [what, [frames, code, why]] of Object.entries(CASES)) {
    it(`is told GOAWAY and why, and the journal hears of it, where it ${what}`, async () => {
      const peer = new Peer(transports.plainPort);
      peer.send(frames);
      const goaway = (await peer.rest()).at(-1)!;
      assert.match(goaway, new RegExp(`^GOAWAY 0 last \\d+ ${code} `));
      assert.match(goaway, why);
      assert.equal(lost.length, 1);
      assert.equal(lost[0]!.ended, 'protocol_error');
      assert.match(lost[0]!.why, why);
    });
  }

  it('has the body of its stream abandoned', async () => {
    const peer = new Peer(transports.plainPort);
    peer.send(opening, frame(TYPE.data, 0, 1, Buffer.from('half')), frame(TYPE.settings, 0, 1));
    await peer.rest();
    while (transports.abandoned.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(transports.abandoned.at(-1), { path: '/x', ended: 'client_gone' });
  });
});

describe('a connection of HTTP/2', () => {
  let transports: Transports;
  let peer: Peer;

  before(async () => {
    transports = await openTransports({ onConnection: () => ({ kind: 'serve', maxConcurrentStreams: 2 }) });
  });
  after(() => transports.close());
  afterEach(() => peer.close());

  it('refuses the streams beyond its limit, unprocessed', async () => {
    peer = new Peer(transports.plainPort);
    for (const stream of [1, 3, 5]) peer.send(frame(TYPE.headers, FLAG.endHeaders, stream, fields(REQUEST)));
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 5 refusedStream');
    // What was sent on it meanwhile is nothing to complain of.
    peer.send(frame(TYPE.data, FLAG.endStream, 5, Buffer.from('late')));
    for (const stream of [1, 3]) peer.send(frame(TYPE.data, FLAG.endStream, stream, Buffer.from('body')));
    const lines = await peer.until(/^DATA 3 4 END/);
    assert.ok(lines.includes('DATA 1 4 END'));
    assert.ok(!lines.some((line) => line.startsWith('RST') || line.startsWith('GOAWAY')));
  });

  it('says a word about the table of header fields to a peer that has set its size', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.headerTableSize, 0));
    peer.ask(1);
    peer.ask(3);
    assert.match((await peer.until(/^HEADERS 3/)).at(-1)!, /:status 200/);
  });

  it('answers PING, and what is asked, to a peer that is about to leave', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(TYPE.ping, 0, 0, Buffer.from('01234567')));
    assert.equal((await peer.until(/^PING/)).at(-1), 'PING 0 3031323334353637 ACK');
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.goaway, 0, 0, Buffer.alloc(8)));
    peer.send(frame(TYPE.data, FLAG.endStream, 1, Buffer.from('body')));
    assert.equal((await peer.rest()).at(-1), 'DATA 1 4 END');
  });

  it('says GOAWAY to a peer that has said it, so that no stream waits which that peer begins nevertheless', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.goaway, 0, 0, Buffer.alloc(8)));
    peer.ask(3);
    assert.match((await peer.until(/^GOAWAY/)).at(-1)!, /^GOAWAY 0 last 1 noError/);
  });

  it('ignores frames of types that it does not know', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(0x20, 0xff, 0, Buffer.from('grease')), frame(0x21, 0, 9));
    peer.ask(1);
    await peer.until(/^HEADERS 1 :status 200/);
  });
});
