import assert from 'node:assert/strict';
import { type Outcome, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { Source, Transport } from './transport.ts';
import type { Wire } from './wire.ts';

const request = (path: string, method = 'GET'): string => `${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe('an outcome on a connection of HTTP/1', () => {
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

  it('is sent with its length, text as UTF-8', async () => {
    await open(() => respond(201, { 'x-a': 'b' }, 'größe'));
    const text = await wire.send(request('/')).until(/e$/);
    assert.match(text, /^HTTP\/1.1 201 Created\r\nx-a: b\r\ncontent-length: 7\r\n/);
  });

  it('is sent as bytes', async () => {
    await open(() => respond(200, {}, Uint8Array.of(255, 254)));
    assert.match(await wire.send(request('/')).until(/\xff\xfe$/), /content-length: 2\r\n/);
  });

  it('is sent without the body to HEAD, the connection staying', async () => {
    await open(({ method }) => respond(200, {}, method === 'HEAD' ? 'head' : 'rest'));
    wire.send(request('/', 'HEAD'));
    const text = await wire.send(request('/')).until(/rest$/);
    assert.doesNotMatch(text, /head$/m);
    assert.equal(text.match(/content-length: 4/g)?.length, 2);
  });

  it('is sent without a body where its status has none', async () => {
    await open(() => respond(204));
    assert.doesNotMatch(await wire.send(request('/')).until(/\r\n\r\n$/), /content-length|chunked/);
  });

  it('comes in the order of the requests, whichever is made first', async () => {
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

  it('waits as long as its pace says', async () => {
    await open(() => ({ ...respond(200, {}, 'late'), pace: { delay: 5 } }));
    await wire.send(request('/')).until(/late$/);
  });

  it('is streamed bit by bit', async () => {
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
    it(`is let go of where the client hangs up while ${name}`, async () => {
      const source = new Source();
      await open(() => ({ ...respond(200, {}, source), ...(pace === undefined ? {} : { pace }) }));
      wire.send(request('/'));
      await transport.first('handled');
      await wire.hangUp();
      await source.released;
    });
  }

  it('is let go of where the client has gone before it was made', async () => {
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

  it('is let go of where the method is HEAD', async () => {
    const source = new Source();
    await open(() => respond(200, {}, source));
    await wire.send(request('/', 'HEAD')).until(/\r\n\r\n$/);
    await source.released;
  });

  it('breaks off where the maker of its bytes fails, and somebody hears of it', async () => {
    await open(() =>
      respond(
        200,
        {},
        (async function* () {
          yield new TextEncoder().encode('begun');
          throw new Error('no more bytes');
        })(),
      ),
    );
    const { text } = await wire.send(request('/')).ended();
    assert.doesNotMatch(text, /0\r\n\r\n$/);
    assert.match((await transport.first('notice')).text!, /no more bytes/);
  });

  it('that no header can carry closes the connection, and somebody hears of it', async () => {
    await open(() => respond(200, { 'x-a': 'two\nlines' }));
    assert.equal((await wire.send(request('/')).ended()).text, '');
    assert.match((await transport.first('notice')).text!, /cannot send the response/);
  });

  it('resets', async () => {
    await open(() => ({ kind: 'reset' }));
    assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: 'ECONNRESET' });
  });

  it('ends the connection without a byte', async () => {
    await open(() => ({ kind: 'empty_reply' }));
    assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: undefined });
  });

  it('stalls, for a bounded time', async () => {
    await open(() => ({ kind: 'stall' }));
    assert.equal((await wire.send(request('/')).ended()).text, '');
  });

  for (const kind of ['goaway', 'refused_stream'] as const) {
    it(`of HTTP/2 closes the connection, and somebody hears of it: ${kind}`, async () => {
      await open(() => ({ kind }));
      assert.deepEqual(await wire.send(request('/')).ended(), { text: '', error: undefined });
      assert.match((await transport.first('notice')).text!, new RegExp(`^${kind} needs HTTP/2`));
    });
  }

  it('may close the connection after it', async () => {
    await open(() => ({ ...respond(200, {}, 'bye'), effects: [{ kind: 'goaway' }] }));
    assert.match((await wire.send(request('/')).ended()).text, /connection: close\r\n.*bye$/is);
  });
});
