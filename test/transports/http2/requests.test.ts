import assert from 'node:assert/strict';
import { constants } from 'node:http2';
import { type Outcome, respond } from '../../../src/core/outcome.ts';
import { RequestHeads } from '../../../src/transports/http2/request-head.ts';
import { Http2Client } from '../http2-client.ts';
import { openTransports, type Transports } from '../open-transports.ts';

describe('an HTTP/2 request', () => {
  let transports: Transports;
  let client: Http2Client;

  before(async () => {
    transports = await openTransports();
    client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
  });
  after(() => {
    client.close();
    return transports.close();
  });
  const last = () => transports.requests.at(-1)!;

  it('becomes the same value as an HTTP/1 request', async () => {
    const answer = await client.request('/server/devices?a=1&b=%20', { 'X-Thing': 'Value' }, 'body');
    assert.equal(answer.status, 200);
    const { method, scheme, authority, path, query, headers, body, repeated } = last();
    assert.deepEqual(
      {
        method,
        scheme,
        authority,
        path,
        query,
        headers: { ...headers },
        body: Buffer.from(body).toString(),
        repeated,
      },
      {
        method: 'POST',
        scheme: 'http',
        authority: `127.0.0.1:${transports.plainPort}`,
        path: '/server/devices',
        query: 'a=1&b=%20',
        headers: { 'x-thing': 'Value' },
        body: 'body',
        repeated: undefined,
      },
    );
  });

  it('may have a host field instead of :authority, as aioapns sends it', () => {
    const head = new RequestHeads(last().transport.connection!).read([
      ...[':method', 'POST', ':scheme', 'https', ':path', '/x'],
      ...['host', 'api.push.apple.com'],
    ]);
    assert.equal(head.authority, 'api.push.apple.com');
  });

  it('lists its repeated header fields', async () => {
    await client.request('/x', { 'apns-priority': ['5', '10'], 'apns-topic': 'one' });
    assert.deepEqual(last().repeated, ['apns-priority']);
    assert.equal(last().headers['apns-priority'], '5, 10');
  });

  it('has the connection object that all requests of its connection share', async () => {
    await client.request('/1');
    const first = last().transport.connection;
    await client.request('/2');
    assert.equal(last().transport.connection, first);
    assert.equal(first?.protocol, 'h2');
    const other = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    await other.request('/3');
    other.close();
    assert.notEqual(last().transport.connection, first);
    assert.notEqual(last().transport.connection?.id, first?.id);
  });

  for (const size of [1, 16_384, 16_385, 300_000]) {
    it(`and its response may have a body of ${size} bytes`, async () => {
      const body = Buffer.alloc(size, 'abcdefg');
      const answer = await client.request('/x', {}, body);
      assert.equal(answer.body, body.toString());
    });
  }
});

describe('an outcome over HTTP/2', () => {
  let transports: Transports;
  let client: Http2Client;
  let outcome: Outcome | Promise<Outcome>;
  let slowOutcome: Promise<Outcome>;

  before(async () => {
    transports = await openTransports({ handle: ({ path }) => (path === '/slow' ? slowOutcome : outcome) });
  });
  after(() => transports.close());
  beforeEach(() => {
    client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
  });
  afterEach(() => client.close());

  it('response: without a body it ends with HEADERS, and has no date', async () => {
    outcome = respond(200, { 'apns-id': 'A' });
    const { status, headers, pieces } = await client.request('/x', {}, '{}');
    assert.deepEqual([status, headers['apns-id'], headers.date, pieces], [200, 'A', undefined, 0]);
  });

  it('response: an error body is one DATA frame', async () => {
    outcome = respond(400, { 'content-type': 'application/json' }, '{"reason":"BadDeviceToken"}');
    const { status, body, pieces } = await client.request('/x', {}, '{}');
    assert.deepEqual([status, body, pieces], [400, '{"reason":"BadDeviceToken"}', 1]);
  });

  it('response: a promise is awaited', async () => {
    outcome = Promise.resolve(respond(201, {}, 'later'));
    assert.equal((await client.request('/x')).body, 'later');
  });

  it('response: an async iterable is streamed', async () => {
    async function* bits(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('one ');
      yield Buffer.from('two');
    }
    outcome = respond(200, {}, bits());
    assert.equal((await client.request('/x')).body, 'one two');
  });

  it('response: fields of HTTP/1 connections are left out', async () => {
    outcome = respond(200, { connection: 'close', 'transfer-encoding': 'chunked', other: 'stays' }, 'x');
    const { headers } = await client.request('/x');
    assert.deepEqual([headers.connection, headers.other], [undefined, 'stays']);
  });

  it('response: HEAD gets no body', async () => {
    outcome = respond(200, {}, 'not sent');
    assert.equal((await client.request('/x', { ':method': 'HEAD' })).body, '');
  });

  const TORN = {
    reset: constants.NGHTTP2_INTERNAL_ERROR,
    refused_stream: constants.NGHTTP2_REFUSED_STREAM,
  };
  for (const kind of ['reset', 'refused_stream'] as const) {
    it(`${kind}: resets the stream with its code, and the connection stays open`, async () => {
      outcome = { kind };
      assert.equal((await client.request('/x', {}, '{}')).code, TORN[kind]);
      outcome = respond(200);
      assert.equal((await client.request('/x', {}, '{}')).status, 200);
    });
  }

  it('response: an invalid header field resets only its stream', async () => {
    outcome = respond(999);
    assert.equal((await client.request('/x')).code, constants.NGHTTP2_INTERNAL_ERROR);
    outcome = respond(200);
    assert.equal((await client.request('/x')).status, 200);
  });

  it('empty_reply: closes the connection without a response', async () => {
    outcome = { kind: 'empty_reply' };
    const { status } = await client.request('/x');
    await client.closed;
    assert.deepEqual([status, client.goaways], [undefined, []]);
  });

  it('goaway: sends the reason and leaves the request unprocessed', async () => {
    outcome = { kind: 'goaway', reason: 'Shutdown' };
    const { status } = await client.request('/x');
    await client.closed;
    assert.equal(status, undefined);
    assert.deepEqual(client.goaways, [{ code: 0, lastStream: 0, debug: '{"reason":"Shutdown"}' }]);
  });

  it('goaway: with other open streams it ends only its connection', async () => {
    outcome = respond(200, {}, 'x'.repeat(100_000));
    const answers = Array.from({ length: 200 }, () => client.request('/x', {}, '{}'));
    await answers[0];
    outcome = { kind: 'goaway', reason: 'Shutdown' };
    await Promise.all([client.request('/x', {}, '{}'), ...answers]);
    await client.closed;
    outcome = respond(200);
    const next = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    assert.equal((await next.request('/x')).status, 200);
    next.close();
  });

  it('response: its goaway effect follows all open streams', async () => {
    let finish: (late: Outcome) => void = () => {};
    slowOutcome = new Promise((resolve) => {
      finish = resolve;
    });
    const slow = client.request('/slow');
    outcome = { ...respond(200, {}, 'last'), effects: [{ kind: 'goaway', reason: 'IdleTimeout' }] };
    const lastResponse = await client.request('/last');
    finish(respond(200, {}, 'finished'));
    assert.deepEqual([lastResponse.body, (await slow).body], ['last', 'finished']);
    await client.closed;
    assert.deepEqual(
      client.goaways.map(({ debug }) => debug),
      ['{"reason":"IdleTimeout"}'],
    );
  });

  it('response: its stream limit is announced once', async () => {
    outcome = { ...respond(200), effects: [{ kind: 'stream_limit', maxConcurrentStreams: 500 }] };
    for (let count = 0; count < 3; count += 1) await client.request('/x');
    assert.deepEqual(client.streamLimits, [1000, 500]);
  });
});

describe('the decision of onConnection', () => {
  it('sets the initial stream limit', async () => {
    const transports = await openTransports({
      onConnection: () => ({ kind: 'serve', maxConcurrentStreams: 1 }),
    });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    await client.request('/x');
    assert.deepEqual(client.streamLimits, [1]);
    client.close();
    await transports.close();
  });

  it('sets the limit of the field list', async () => {
    const large = { 'x-large': 'y'.repeat(500) };
    const transports = await openTransports({
      onConnection: () => ({ kind: 'serve', largestHeaderList: 500 }),
    });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    assert.equal((await client.request('/x', { 'x-small': 'y' })).status, 200);
    for (const body of [undefined, 'body']) {
      const { status, code } = await client.request('/x', large, body);
      assert.deepEqual([status, code], [431, 0]);
    }
    assert.equal((await client.request('/x')).status, 200);
    client.close();
    await transports.close();

    const lenient = await openTransports({
      onConnection: () => ({ kind: 'serve', settings: { maxHeaderListSize: 500 } }),
    });
    const other = new Http2Client(`http://127.0.0.1:${lenient.plainPort}`);
    assert.equal((await other.request('/x', large)).status, 200);
    other.close();
    await lenient.close();
  });

  it('sets the idle timeout', async () => {
    const transports = await openTransports({ onConnection: () => ({ kind: 'serve', idle: 20 }) });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    await client.closed;
    assert.deepEqual(
      client.goaways.map(({ debug }) => debug),
      ['{"reason":"IdleTimeout"}'],
    );
    await transports.close();
  });

  it('goaway is sent before any stream, with last stream 0', async () => {
    const transports = await openTransports({
      onConnection: () => ({ kind: 'goaway', reason: 'BadCertificateEnvironment', why: '' }),
    });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    await client.closed;
    assert.deepEqual(client.goaways, [
      { code: 0, lastStream: 0, debug: '{"reason":"BadCertificateEnvironment"}' },
    ]);
    await transports.close();
  });

  it('close ends the connection before the first frame', async () => {
    const transports = await openTransports({ onConnection: () => ({ kind: 'close', why: '' }) });
    const client = new Http2Client(`http://127.0.0.1:${transports.plainPort}`);
    await client.closed;
    assert.deepEqual([client.streamLimits, client.goaways], [[], []]);
    await transports.close();
  });
});
