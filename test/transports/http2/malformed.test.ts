import assert from 'node:assert/strict';
import type { ConnectionFailure } from '../../../src/core/connection.ts';
import { type Response, respond } from '../../../src/core/outcome.ts';
import { SETTING } from '../../../src/transports/http2/settings.ts';
import { openTransports, type Transports } from '../open-transports.ts';
import { FLAG, fields, frame, REQUEST, TYPE } from './frames.ts';
import { Peer, setting, windowUpdate } from './peer.ts';

describe('a malformed HTTP/2 request', () => {
  const reasons: string[] = [];
  let transports: Transports;
  let peer: Peer;

  before(async () => {
    transports = await openTransports({
      reject: (_request, status, why): Response => {
        reasons.push(why);
        return respond(status, {}, why);
      },
    });
  });
  after(() => transports.close());
  beforeEach(() => {
    reasons.length = 0;
    peer = new Peer(transports.plainPort);
  });
  afterEach(() => peer.close());

  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(REQUEST).filter(([other]) => other !== name));
  const CASES: Readonly<Record<string, readonly [block: Buffer, why: RegExp]>> = {
    'has no :method': [fields(without(':method')), /:method is missing/],
    'has no :scheme': [fields(without(':scheme')), /:scheme is missing/],
    'has no :path': [fields(without(':path')), /:path is missing/],
    'has a :path without a slash': [fields({ ...REQUEST, ':path': 'x' }), /does not begin with \//],
    'has a :path with a space': [fields({ ...REQUEST, ':path': '/a b' }), /white space/],
    'has two :path': [Buffer.concat([fields(REQUEST), fields({ ':path': '/y' })]), /:path is repeated/],
    'has a pseudo-header field of answers': [
      fields({ ...REQUEST, ':status': '200' }),
      /:status is not a pseudo/,
    ],
    'has a pseudo-header field after others': [
      fields({ ...without(':path'), 'x-a': '', ':path': '/' }),
      /:path follows a regular field/,
    ],
    'has a name with capitals': [
      fields({ ...REQUEST, 'Apns-Topic': 'x' }),
      /Apns-Topic has uppercase letters/,
    ],
    'has a name with a space': [
      fields({ ...REQUEST, 'apns topic': 'x' }),
      /"apns topic" is not a valid field name/,
    ],
    'has a field of HTTP/1': [
      fields({ ...REQUEST, connection: 'close' }),
      /connection is a field of HTTP\/1/,
    ],
    'has a te beside trailers': [fields({ ...REQUEST, te: 'gzip' }), /te has a value other than "trailers"/],
    'has a value with a line end': [fields({ ...REQUEST, 'x-a': 'a\r\nb' }), /line break/],
    'has a length that is none': [
      fields({ ...REQUEST, 'content-length': '-1' }),
      /content-length is not a number/,
    ],
    'has two lengths': [
      Buffer.concat([fields({ ...REQUEST, 'content-length': '0' }), fields({ 'content-length': '5' })]),
      /content-length is repeated/,
    ],
    'has a :method with a line end': [
      fields({ ...REQUEST, ':method': 'GET\r\nX' }),
      /:method is not a valid method/,
    ],
    'has an empty :method': [fields({ ...REQUEST, ':method': '' }), /:method is not a valid method/],
    'has an :authority with a line end': [
      fields({ ...REQUEST, ':authority': 'a\r\nb' }),
      /:authority contains white space or a control character/,
    ],
  };
  for (const [what, [block, why]] of Object.entries(CASES)) {
    it(`gets status 400 with the reason, then RST_STREAM: it ${what}`, async () => {
      peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, block));
      const lines = await peer.until(/^RST_STREAM/);
      assert.equal(lines.at(-1), 'RST_STREAM 1 protocolError');
      assert.ok(lines.some((line) => line.startsWith('HEADERS 1 :status 400')));
      assert.equal(reasons.length, 1);
      assert.match(reasons[0]!, why);
      peer.ask(3);
      await peer.until(/^HEADERS 3 :status 200/);
    });
  }

  it('is rejected when its body is shorter or longer than content-length', async () => {
    peer.ask(1, { 'content-length': '5' }, 'four');
    peer.ask(3, { 'content-length': '5' });
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 1 protocolError');
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 3 protocolError');
    assert.match(reasons[0]!, /content-length is 5, but the body has 4 bytes/);
    peer.ask(5, { 'content-length': '4' }, 'four');
    await peer.until(/^DATA 5 4 END/);
  });

  it('is rejected for header fields within its body and for pseudo-header fields in trailers', async () => {
    const half = frame(TYPE.data, 0, 1, Buffer.from('half'));
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)), half);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields({ 'x-trailer': '1' })));
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 1 protocolError');
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 3, fields(REQUEST)));
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 3, fields({ ':path': '/' })));
    assert.equal((await peer.until(/^RST_STREAM/)).at(-1), 'RST_STREAM 3 protocolError');
  });

  it('is not a request with trailers', async () => {
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.data, 0, 1, Buffer.from('body')));
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, fields({ 'x-trailer': '1' })));
    await peer.until(/^DATA 1 4 END/);
    assert.equal(Buffer.from(transports.requests.at(-1)!.body).toString(), 'body');
  });

  it('is not a request with several cookie fields, which are joined', async () => {
    const block = Buffer.concat([fields(REQUEST), fields({ cookie: 'a=1' }), fields({ cookie: 'b=2' })]);
    peer.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, block));
    await peer.until(/^HEADERS 1/);
    const { headers, repeated } = transports.requests.at(-1)!;
    assert.deepEqual([headers.cookie, repeated], ['a=1; b=2', undefined]);
  });

  it('gets status 431 when its field list is too large', async () => {
    const more = fields({ 'x-large': 'y'.repeat(16_000) });
    peer.send(frame(TYPE.headers, FLAG.endStream, 1, fields(REQUEST)));
    for (let count = 0; count < 4; count += 1) peer.send(frame(TYPE.continuation, 0, 1, more));
    peer.send(frame(TYPE.continuation, FLAG.endHeaders, 1, more));
    await peer.until(/^HEADERS 1 :status 431/);
    peer.ask(3);
    await peer.until(/^HEADERS 3 :status 200/);
  });
});

describe('an HTTP/2 peer that violates the protocol', () => {
  const failures: ConnectionFailure[] = [];
  let transports: Transports;

  before(async () => {
    transports = await openTransports({ connectionFailed: (connection) => failures.push(connection) });
  });
  after(() => transports.close());
  beforeEach(() => {
    failures.length = 0;
  });

  const opening = frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST));
  const CASES: Readonly<Record<string, readonly [frames: Buffer, code: string, why: RegExp]>> = {
    'sends PUSH_PROMISE': [frame(5, 4, 1, Buffer.alloc(4)), 'protocolError', /PUSH_PROMISE/],
    'opens an even stream': [
      frame(TYPE.headers, 5, 2, fields(REQUEST)),
      'protocolError',
      /HEADERS on stream 2: streams of a client have odd numbers/,
    ],
    'sends DATA on an idle stream': [frame(0, 0, 7), 'protocolError', /DATA on stream 7/],
    'sends DATA on an even stream, which only a server could open': [
      Buffer.concat([frame(TYPE.headers, 5, 3, fields(REQUEST)), frame(0, 0, 2)]),
      'protocolError',
      /DATA on stream 2/,
    ],
    'sends another frame interrupts a field block of fields': [
      Buffer.concat([frame(TYPE.headers, 0, 1, fields(REQUEST)), frame(TYPE.ping, 0, 0, Buffer.alloc(8))]),
      'protocolError',
      /interrupts a field block/,
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
    'opens the window beyond its maximum': [
      windowUpdate(0, 2 ** 31 - 1),
      'flowControlError',
      /window of the connection/,
    ],
    'goes below the number of a stream': [
      Buffer.concat([frame(TYPE.headers, 5, 5, fields(REQUEST)), frame(TYPE.headers, 5, 3, fields(REQUEST))]),
      'protocolError',
      /HEADERS on stream 3 after stream 5/,
    ],
    'begins a stream twice': [
      Buffer.concat([frame(TYPE.headers, 5, 1, fields(REQUEST)), frame(TYPE.headers, 5, 1, fields(REQUEST))]),
      'streamClosed',
      /HEADERS on stream 1, which is closed/,
    ],
  };
  for (const [what, [frames, code, why]] of Object.entries(CASES)) {
    it(`gets GOAWAY with the reason, reported as protocol_error: it ${what}`, async () => {
      const peer = new Peer(transports.plainPort);
      peer.send(frames);
      const goaway = (await peer.rest()).at(-1)!;
      assert.match(goaway, new RegExp(`^GOAWAY 0 last \\d+ ${code} `));
      assert.match(goaway, why);
      assert.equal(failures.length, 1);
      assert.equal(failures[0]!.ended, 'protocol_error');
      assert.match(failures[0]!.why, why);
    });
  }

  it('has its incomplete request reported as aborted', async () => {
    const peer = new Peer(transports.plainPort);
    peer.send(opening, frame(TYPE.data, 0, 1, Buffer.from('half')), frame(TYPE.settings, 0, 1));
    await peer.rest();
    while (transports.aborted.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(transports.aborted.at(-1), { path: '/x', ended: 'client_gone' });
  });
});

describe('an exception of ours on an HTTP/2 connection', () => {
  it('ends the connection with INTERNAL_ERROR, is reported as a failure and is no error of the peer', async () => {
    const failures: unknown[] = [];
    const failed: ConnectionFailure[] = [];
    const error = new Error('thrown by the test');
    const transports = await openTransports({
      connectionFailed: (failure) => failed.push(failure),
      failed: (thrown) => failures.push(thrown),
      handle() {
        throw error;
      },
    });
    const peer = new Peer(transports.plainPort);
    peer.ask(1);
    const goaway = (await peer.rest()).at(-1)!;
    await transports.close();
    assert.match(
      goaway,
      /^GOAWAY 0 last 1 internalError .*a failure of Crabapple itself.*thrown by the test/,
    );
    assert.deepEqual(failures, [error]);
    assert.deepEqual(
      failed.map(({ ended }) => ended),
      ['internal_error'],
    );
  });
});

describe('an HTTP/2 connection', () => {
  let transports: Transports;
  let peer: Peer;

  before(async () => {
    transports = await openTransports({ onConnection: () => ({ kind: 'serve', maxConcurrentStreams: 2 }) });
  });
  after(() => transports.close());
  afterEach(() => peer.close());

  it('rejects streams beyond its limit with REFUSED_STREAM', async () => {
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

  it('sends a dynamic table size update to a peer that has set the size', async () => {
    peer = new Peer(transports.plainPort, setting(SETTING.headerTableSize, 0));
    peer.ask(1);
    peer.ask(3);
    assert.match((await peer.until(/^HEADERS 3/)).at(-1)!, /:status 200/);
  });

  it('answers PING and open requests after GOAWAY of the peer', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(TYPE.ping, 0, 0, Buffer.from('01234567')));
    assert.equal((await peer.until(/^PING/)).at(-1), 'PING 0 3031323334353637 ACK');
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.goaway, 0, 0, Buffer.alloc(8)));
    peer.send(frame(TYPE.data, FLAG.endStream, 1, Buffer.from('body')));
    assert.equal((await peer.rest()).at(-1), 'DATA 1 4 END');
  });

  it('answers GOAWAY with GOAWAY, so no later stream waits forever', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(TYPE.headers, FLAG.endHeaders, 1, fields(REQUEST)));
    peer.send(frame(TYPE.goaway, 0, 0, Buffer.alloc(8)));
    peer.ask(3);
    assert.match((await peer.until(/^GOAWAY/)).at(-1)!, /^GOAWAY 0 last 1 noError/);
  });

  it('ignores frames of unknown types', async () => {
    peer = new Peer(transports.plainPort);
    peer.send(frame(0x20, 0xff, 0, Buffer.from('grease')), frame(0x21, 0, 9));
    peer.ask(1);
    await peer.until(/^HEADERS 1 :status 200/);
  });
});
