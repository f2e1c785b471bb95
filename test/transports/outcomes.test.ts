import assert from 'node:assert/strict';
import { type Outcome, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { Source, Transport } from './transport.ts';
import type { Wire } from './wire.ts';

const request = (path: string, method = 'GET'): string => `${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe('an outcome on an HTTP/1 connection', () => {
  let transport: Transport;
  let wire: Wire;

  async function open(
    answer: (request: HttpRequest) => Outcome | Promise<Outcome>,
    stall = 50,
  ): Promise<void> {
    transport = await new Transport(answer).open({ stall });
    wire = await transport.wire();
  }

  afterEach(async () => {
    await wire.hangUp();
    await transport.close();
  });

  it('response: text is sent as UTF-8 with content-length', async () => {
    await open(() => respond(201, { 'x-a': 'b' }, 'größe'));
    const text = await wire.send(request('/')).until(/e$/);
    assert.match(text, /^HTTP\/1.1 201 Created\r\nx-a: b\r\ncontent-length: 7\r\n/);
  });

  it('response: bytes are sent unchanged', async () => {
    await open(() => respond(200, {}, Uint8Array.of(255, 254)));
    assert.match(await wire.send(request('/')).until(/\xff\xfe$/), /content-length: 2\r\n/);
  });

  it('response: HEAD gets no body, and the connection stays open', async () => {
    await open(({ method }) => respond(200, {}, method === 'HEAD' ? 'head' : 'rest'));
    wire.send(request('/', 'HEAD'));
    const text = await wire.send(request('/')).until(/rest$/);
    assert.doesNotMatch(text, /head$/m);
    assert.equal(text.match(/content-length: 4/g)?.length, 2);
  });

  it('response: a status without body is sent without one', async () => {
    await open(() => respond(204));
    assert.doesNotMatch(await wire.send(request('/')).until(/\r\n\r\n$/), /content-length|chunked/);
  });

  it('response: pipelined responses are sent in the order of their requests', async () => {
    let answerFirst: (outcome: Outcome) => void = () => {};
    await open(({ path }) => {
      if (path === '/first')
        return new Promise((resolve) => {
          answerFirst = resolve;
        });
      answerFirst(respond(200, {}, 'first'));
      return respond(200, {}, 'second');
    });
    const text = await wire.send(request('/first') + request('/second')).until(/second/);
    assert.ok(text.indexOf('first') < text.indexOf('second'));
  });

  it('response: the delay of its pace passes before it is sent', async () => {
    await open(() => ({ ...respond(200, {}, 'late'), pace: { delay: 5 } }));
    await wire.send(request('/')).until(/late$/);
  });

  it('response: an async iterable is streamed', async () => {
    const source = new Source();
    await open(() => respond(200, {}, source));
    await wire.send(request('/')).until(/chunked\r\n\r\n$/);
    source.push('one');
    await wire.until(/3\r\none\r\n$/);
    source.push('two');
    await wire.until(/3\r\ntwo\r\n$/);
  });

  for (const [name, pace] of [
    ['a stream runs', undefined],
    ['it is waited for', { delay: 60_000 }],
  ] as const) {
    it(`response: the body is released when the client disconnects while ${name}`, async () => {
      const source = new Source();
      await open(() => ({ ...respond(200, {}, source), ...(pace === undefined ? {} : { pace }) }));
      wire.send(request('/'));
      await transport.first('handled');
      await wire.hangUp();
      await source.released;
    });
  }

  it('response: the body is released when the client disconnected before', async () => {
    const source = new Source();
    let answer: (outcome: Outcome) => void = () => {};
    await open(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    wire.send(request('/'));
    const { request: handled } = await transport.first('handled');
    assert.equal(handled.path, '/');
    await wire.hangUp();
    answer(respond(200, {}, source));
    await source.released;
  });

  it('response: the body is released for HEAD', async () => {
    const source = new Source();
    await open(() => respond(200, {}, source));
    await wire.send(request('/', 'HEAD')).until(/\r\n\r\n$/);
    await source.released;
  });

  it('response: an error of the body closes the connection and is reported', async () => {
    await open(() =>
      respond(
        200,
        {},
        (async function* () {
          yield new TextEncoder().encode('first bytes');
          throw new Error('no more bytes');
        })(),
      ),
    );
    const { text } = await wire.send(request('/')).ended();
    assert.doesNotMatch(text, /0\r\n\r\n$/);
    assert.match((await transport.first('notice')).text!, /no more bytes/);
  });

  it('response: an invalid header value closes the connection and is reported', async () => {
    await open(() => respond(200, { 'x-a': 'two\nlines' }));
    assert.equal((await wire.send(request('/')).ended()).text, '');
    assert.match((await transport.first('notice')).text!, /cannot send the response/);
  });

  it('reset: the connection is reset', async () => {
    await open(() => ({ kind: 'reset' }));
    assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: 'ECONNRESET' });
  });

  it('empty_reply: the connection ends without a byte', async () => {
    await open(() => ({ kind: 'empty_reply' }));
    assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: undefined });
  });

  it('stall: the connection stays open for a bounded time', async () => {
    await open(() => ({ kind: 'stall' }));
    assert.equal((await wire.send(request('/')).ended()).text, '');
  });

  for (const kind of ['goaway', 'refused_stream'] as const) {
    it(`${kind}: needs HTTP/2, so the connection is closed and a notice is reported`, async () => {
      await open(() => ({ kind }));
      assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: undefined });
      assert.match((await transport.first('notice')).text!, new RegExp(`^${kind} needs HTTP/2`));
    });
  }

  it('response: its goaway effect closes the connection afterward', async () => {
    await open(() => ({ ...respond(200, {}, 'bye'), effects: [{ kind: 'goaway' }] }));
    assert.match((await wire.send(request('/')).ended()).text, /connection: close\r\n.*bye$/is);
  });
});
