import assert from 'node:assert/strict';
import { respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { Transport } from './transport.ts';

const HOST = 'Host: apple.test:8990';

describe('a request on the wire becomes a value', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await new Transport(() => respond(200, {}, 'ok')).open();
  });
  afterEach(() => transport.close());

  async function seen(...lines: readonly string[]): Promise<HttpRequest> {
    const wire = await transport.wire();
    await wire.send(...lines).until(/^ok$/m);
    await wire.hangUp();
    return (await transport.first('handled')).request;
  }

  it('with its path and query as they were sent', async () => {
    const request = await seen('GET /a%2Fb/%7e?x=%20&y HTTP/1.1', HOST, '', '');
    assert.deepEqual([request.path, request.query], ['/a%2Fb/%7e', 'x=%20&y']);
    assert.deepEqual([request.scheme, request.authority], ['http', 'apple.test:8990']);
  });

  it('with names of header fields in lower case, and repeated ones joined', async () => {
    const request = await seen('GET / HTTP/1.1', HOST, 'X-One: a', 'x-one: b', 'Authorization: c', '', '');
    assert.deepEqual(
      { ...request.headers },
      { host: 'apple.test:8990', 'x-one': 'a, b', authorization: 'c' },
    );
    assert.deepEqual(request.repeated, ['x-one']);
  });

  it('with header fields whose names every object has', async () => {
    const request = await seen('GET / HTTP/1.1', HOST, '__proto__: a', 'Constructor: b', '', '');
    assert.deepEqual(Object.keys(request.headers), ['host', '__proto__', 'constructor']);
    assert.equal(request.headers.tostring, undefined);
  });

  for (const [name, lines] of [
    ['a length', ['Content-Length: 5', '', 'hello']],
    ['chunks', ['Transfer-Encoding: chunked', '', '2', 'he', '3', 'llo', '0', '', '']],
  ] as const) {
    it(`with its body by ${name}`, async () => {
      const { body } = await seen('POST / HTTP/1.1', HOST, ...lines);
      assert.equal(Buffer.from(body).toString(), 'hello');
    });
  }

  it('with the target that an absolute form names', async () => {
    const request = await seen('GET HTTPS://other.test/session?a=b HTTP/1.1', HOST, '', '');
    assert.deepEqual(
      [request.scheme, request.authority, request.path, request.query],
      ['https', 'other.test', '/session', 'a=b'],
    );
  });

  it('with the path of an absolute form that has none', async () => {
    const request = await seen('GET http://other.test?a=b HTTP/1.1', HOST, '', '');
    assert.deepEqual([request.authority, request.path, request.query], ['other.test', '/', 'a=b']);
  });

  it('with the address of the transport where HTTP/1.0 names no host', async () => {
    const request = await seen('GET / HTTP/1.0', '', '');
    assert.equal(request.authority, `127.0.0.1:${transport.port}`);
  });

  it('on a connection that is the same for all of its requests', async () => {
    const wire = await transport.wire();
    await wire.send('GET /1 HTTP/1.1', HOST, '', '').until(/ok$/);
    await wire.send('GET /2 HTTP/1.1', HOST, '', '').until(/ok.*ok$/s);
    const other = await transport.wire();
    await other.send('GET /3 HTTP/1.1', HOST, '', '').until(/ok$/);
    const [one, two, three] = transport.received.map(({ request }) => request.entrance.connection);
    assert.equal(one, two);
    assert.notEqual(one?.id, three?.id);
    await Promise.all([wire.hangUp(), other.hangUp()]);
  });
});

describe('what is no request that the transport can bring', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await new Transport(() => respond(200, {}, 'ok')).open({ body: 10 });
  });
  afterEach(() => transport.close());

  for (const [name, lines, status, why] of [
    ['no host', ['GET /a HTTP/1.1', '', ''], 400, 'the request has no Host header field'],
    ['two hosts', ['GET /a HTTP/1.1', HOST, HOST, '', ''], 400, 'the request has several Host header fields'],
    [
      'a length beyond the bound',
      ['POST /a HTTP/1.1', HOST, 'Content-Length: 11', '', 'a'.repeat(11)],
      413,
      'the body is larger than 10 bytes',
    ],
    [
      'more chunks than the bound',
      ['POST /a HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', 'b', 'a'.repeat(11), '0', '', ''],
      413,
      'the body is larger than 10 bytes',
    ],
  ] as const) {
    it(`is refused and written down: ${name}`, async () => {
      const wire = await transport.wire();
      await wire.send(...lines).until(new RegExp(`^HTTP/1.1 ${status} .*${why}$`, 's'));
      const { request, text } = await transport.first('rejected');
      assert.deepEqual([request.path, request.body.length, text], ['/a', 0, why]);
      await wire.send('GET /next HTTP/1.1', HOST, '', '').until(/ok$/);
      await wire.hangUp();
    });
  }

  it('is written down with what came of its body where the client hangs up', async () => {
    const wire = await transport.wire();
    await wire
      .send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', 'Expect: 100-continue', '', 'hel')
      .until(/100/);
    await wire.hangUp();
    const { request, text } = await transport.first('aborted');
    assert.deepEqual([request.path, text], ['/a', 'client_gone']);
    assert.ok('hel'.startsWith(Buffer.from(request.body).toString()));
  });

  it('is written down where the client ends in the middle of it', async () => {
    const wire = await transport.wire();
    const { text } = await wire
      .send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', '', 'hel')
      .finish()
      .ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    assert.equal((await transport.first('aborted')).text, 'client_gone');
  });

  it('is written down where its chunks are none', async () => {
    const wire = await transport.wire();
    const { text } = await wire
      .send('POST /a HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', 'no number', '')
      .ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    assert.equal((await transport.first('aborted')).text, 'bad_framing');
  });

  it('is answered 400 and written down where it is not HTTP', async () => {
    const { text } = await (await transport.wire()).send('hello', '', '').ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    const { request, text: why } = await transport.first('rejected');
    assert.deepEqual([request.method, request.path], ['-', '-']);
    assert.match(why ?? '', /not an HTTP\/1 request/);
  });

  it('is told apart where it is TLS', async () => {
    const greeting = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03';
    await (await transport.wire()).send(greeting).ended();
    assert.match((await transport.first('rejected')).text ?? '', /sent TLS to the plain port/);
  });

  it('is answered 431 and written down where its header fields are too large', async () => {
    const { text } = await (await transport.wire())
      .send('GET /a?b=c HTTP/1.1', HOST, `X-Large: ${'a'.repeat(20_000)}`, '', '')
      .ended();
    assert.match(text, /^HTTP\/1.1 431 /);
    const { request, text: why } = await transport.first('rejected');
    assert.deepEqual([request.method, request.path, request.query], ['GET', '/a', 'b=c']);
    assert.match(why ?? '', /too large/);
  });
});

describe('a client that stalls', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await new Transport(() => respond(200, {}, 'ok')).open({ head: 500, request: 500 });
  });
  afterEach(() => transport.close());

  it('in the middle of its body is answered 408 and written down', async () => {
    const wire = await transport.wire();
    const { text } = await wire.send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', '', 'hel').ended();
    assert.match(text, /^HTTP\/1.1 408 /);
    assert.equal((await transport.first('aborted')).text, 'client_stalled');
  });

  it('in the middle of its header fields is answered 408 and written down', async () => {
    const { text } = await (await transport.wire()).send('GET /a HTTP/1.1', HOST, 'X-Slow: ').ended();
    assert.match(text, /^HTTP\/1.1 408 /);
    assert.match((await transport.first('rejected')).text ?? '', /in time/);
  });
});
