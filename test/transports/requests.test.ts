import assert from 'node:assert/strict';
import { respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { Transport } from './transport.ts';

const HOST = 'Host: apple.test:8990';

describe('an HTTP/1 request becomes a value', () => {
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

  it('with path and query as sent', async () => {
    const request = await seen('GET /a%2Fb/%7e?x=%20&y HTTP/1.1', HOST, '', '');
    assert.deepEqual([request.path, request.query], ['/a%2Fb/%7e', 'x=%20&y']);
    assert.deepEqual([request.scheme, request.authority], ['http', 'apple.test:8990']);
  });

  it('with header names in lower case and repeated fields joined', async () => {
    const request = await seen('GET / HTTP/1.1', HOST, 'X-One: a', 'x-one: b', 'Authorization: c', '', '');
    assert.deepEqual(
      { ...request.headers },
      { host: 'apple.test:8990', 'x-one': 'a, b', authorization: 'c' },
    );
    assert.deepEqual(request.repeated, ['x-one']);
  });

  it('with header names that are members of Object.prototype', async () => {
    const request = await seen('GET / HTTP/1.1', HOST, '__proto__: a', 'Constructor: b', '', '');
    assert.deepEqual(Object.keys(request.headers), ['host', '__proto__', 'constructor']);
    assert.equal(request.headers.tostring, undefined);
  });

  for (const [name, lines] of [
    ['a length', ['Content-Length: 5', '', 'hello']],
    ['chunks', ['Transfer-Encoding: chunked', '', '2', 'he', '3', 'llo', '0', '', '']],
  ] as const) {
    it(`with its body, delimited by ${name}`, async () => {
      const { body } = await seen('POST / HTTP/1.1', HOST, ...lines);
      assert.equal(Buffer.from(body).toString(), 'hello');
    });
  }

  it('with scheme, host and path of an absolute-form target', async () => {
    const request = await seen('GET HTTPS://other.test/session?a=b HTTP/1.1', HOST, '', '');
    assert.deepEqual(
      [request.scheme, request.authority, request.path, request.query],
      ['https', 'other.test', '/session', 'a=b'],
    );
  });

  it('with the path / for an absolute-form target without one', async () => {
    const request = await seen('GET http://other.test?a=b HTTP/1.1', HOST, '', '');
    assert.deepEqual([request.authority, request.path, request.query], ['other.test', '/', 'a=b']);
  });

  it('with the address of the port for HTTP/1.0 without Host', async () => {
    const request = await seen('GET / HTTP/1.0', '', '');
    assert.equal(request.authority, `127.0.0.1:${transport.port}`);
  });

  it('with one connection object for all requests of a connection', async () => {
    const wire = await transport.wire();
    await wire.send('GET /1 HTTP/1.1', HOST, '', '').until(/ok$/);
    await wire.send('GET /2 HTTP/1.1', HOST, '', '').until(/ok.*ok$/s);
    const other = await transport.wire();
    await other.send('GET /3 HTTP/1.1', HOST, '', '').until(/ok$/);
    const [one, two, three] = transport.received.map(({ request }) => request.transport.connection);
    assert.equal(one, two);
    assert.notEqual(one?.id, three?.id);
    await Promise.all([wire.hangUp(), other.hangUp()]);
  });
});

describe('an invalid or incomplete HTTP/1 request', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await new Transport(() => respond(200, {}, 'ok')).open({ body: 10 });
  });
  afterEach(() => transport.close());

  for (const [name, lines, status, why] of [
    ['no host', ['GET /a HTTP/1.1', '', ''], 400, 'the request has no Host header field'],
    ['two hosts', ['GET /a HTTP/1.1', HOST, HOST, '', ''], 400, 'the request has several Host header fields'],
    [
      'a content-length above the limit',
      ['POST /a HTTP/1.1', HOST, 'Content-Length: 11', '', 'a'.repeat(11)],
      413,
      'the body is larger than 10 bytes',
    ],
    [
      'chunks above the limit',
      ['POST /a HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', 'b', 'a'.repeat(11), '0', '', ''],
      413,
      'the body is larger than 10 bytes',
    ],
  ] as const) {
    it(`is rejected and reported: ${name}`, async () => {
      const wire = await transport.wire();
      await wire.send(...lines).until(new RegExp(`^HTTP/1.1 ${status} .*${why}$`, 's'));
      const { request, text } = await transport.first('rejected');
      assert.deepEqual([request.path, request.body.length, text], ['/a', 0, why]);
      await wire.send('GET /next HTTP/1.1', HOST, '', '').until(/ok$/);
      await wire.hangUp();
    });
  }

  it('is reported with the received part of its body when the client disconnects', async () => {
    const wire = await transport.wire();
    await wire
      .send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', 'Expect: 100-continue', '', 'hel')
      .until(/100/);
    await wire.hangUp();
    const { request, text } = await transport.first('aborted');
    assert.deepEqual([request.path, text], ['/a', 'client_gone']);
    assert.ok('hel'.startsWith(Buffer.from(request.body).toString()));
  });

  it('is reported as client_gone when the client ends its side within the body', async () => {
    const wire = await transport.wire();
    const { text } = await wire
      .send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', '', 'hel')
      .finish()
      .ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    assert.equal((await transport.first('aborted')).text, 'client_gone');
  });

  it('is reported as bad_framing when its chunks are invalid', async () => {
    const wire = await transport.wire();
    const { text } = await wire
      .send('POST /a HTTP/1.1', HOST, 'Transfer-Encoding: chunked', '', 'no number', '')
      .ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    assert.equal((await transport.first('aborted')).text, 'bad_framing');
  });

  it('gets status 400 and is reported when it is not HTTP', async () => {
    const { text } = await (await transport.wire()).send('hello', '', '').ended();
    assert.match(text, /^HTTP\/1.1 400 /);
    const { request, text: why } = await transport.first('rejected');
    assert.deepEqual([request.method, request.path], ['-', '-']);
    assert.match(why ?? '', /not an HTTP\/1 request/);
  });

  it('is reported as TLS when it is a ClientHello', async () => {
    const greeting = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03';
    await (await transport.wire()).send(greeting).ended();
    assert.match((await transport.first('rejected')).text ?? '', /sent TLS to the plain port/);
  });

  it('gets status 431 and is reported when its header fields are too large', async () => {
    const { text } = await (await transport.wire())
      .send('GET /a?b=c HTTP/1.1', HOST, `X-Large: ${'a'.repeat(20_000)}`, '', '')
      .ended();
    assert.match(text, /^HTTP\/1.1 431 /);
    const { request, text: why } = await transport.first('rejected');
    assert.deepEqual([request.method, request.path, request.query], ['GET', '/a', 'b=c']);
    assert.match(why ?? '', /too large/);
  });
});

describe('an HTTP/1 client that stalls', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await new Transport(() => respond(200, {}, 'ok')).open({ head: 500, request: 500 });
  });
  afterEach(() => transport.close());

  it('within the body gets status 408 and is reported as client_stalled', async () => {
    const wire = await transport.wire();
    const { text } = await wire.send('POST /a HTTP/1.1', HOST, 'Content-Length: 9', '', 'hel').ended();
    assert.match(text, /^HTTP\/1.1 408 /);
    assert.equal((await transport.first('aborted')).text, 'client_stalled');
  });

  it('within the header fields gets status 408 and is reported', async () => {
    const { text } = await (await transport.wire()).send('GET /a HTTP/1.1', HOST, 'X-Slow: ').ended();
    assert.match(text, /^HTTP\/1.1 408 /);
    assert.match((await transport.first('rejected')).text ?? '', /in time/);
  });
});
