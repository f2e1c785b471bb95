import assert from 'node:assert/strict';
import { coreOf } from '../../../src/api/apple.ts';
import type { JournalEntry } from '../../../src/engine/journal/entry.ts';
import { textOf } from '../../../src/engine/journal/view.ts';
import { type Crabapple, createCrabapple, type Fault } from '../../../src/index.ts';
import { appleHandlers } from '../../../src/msw.ts';
import { Provider } from '../../apns/provider.ts';
import { DEP } from './browsing.ts';
import { Mocked } from './mocked.ts';

const CONFIG = 'https://vpp.itunes.apple.com/mdm/v2/service/config';

/** What a client received; undefined for a network error. */
type Seen = { readonly status: number; readonly headers: Headers; readonly body: string } | undefined;

async function ask(init: RequestInit = {}): Promise<Seen> {
  try {
    const answer = await fetch(CONFIG, init);
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error));
    return undefined;
  }
}

type Check = (seen: Seen, whole: NonNullable<Seen>) => void;

const networkError: Check = (seen) => assert.equal(seen, undefined);

const hasResponse: Check = (seen, whole) =>
  assert.deepEqual([seen?.status, seen?.body], [whole.status, whole.body]);

const FAULTS: readonly (readonly [fault: Omit<Fault, 'on'>, check: Check])[] = [
  [
    { answer: { status: 503, body: 'down', headers: { 'X-Reason': 'test' } }, retry_after: '2s' },
    (seen) => {
      assert.deepEqual([seen?.status, seen?.body], [503, 'down']);
      assert.deepEqual([seen?.headers.get('retry-after'), seen?.headers.get('x-reason')], ['2', 'test']);
    },
  ],
  [{ answer: { status: 204 } }, (seen) => assert.deepEqual([seen?.status, seen?.body], [204, ''])],
  [{ answer: { status: 304 } }, (seen) => assert.deepEqual([seen?.status, seen?.body], [304, ''])],
  [{ answer: { reset: true } }, networkError],
  [{ answer: { empty_reply: true } }, networkError],
  [{ answer: { refused_stream: true } }, networkError],
  [{ answer: { goaway: 'Shutdown' } }, networkError],
  [{ answer: { stream_limit: 1 } }, hasResponse],
  [
    { answer: { truncated_json: true } },
    (seen, { body }) => assert.equal(seen?.body, body.slice(0, Math.floor(body.length / 2))),
  ],
  [{ answer: { malformed_json: true } }, (seen, { body }) => assert.equal(seen?.body, `{${body}`)],
  [{ latency: '1ms' }, hasResponse],
  [{ bytes_per_second: 100_000 }, hasResponse],
  [{ latency: '1ms', bytes_per_second: 100_000 }, hasResponse],
];

const keptText = ({ request: { body } }: JournalEntry): string =>
  body.kind === 'whole' ? textOf(body.bytes) : '';

describe('outcomes in MSW', () => {
  let apple: Crabapple;
  let mocked: Mocked;

  beforeEach(async () => {
    apple = await createCrabapple({ name: 'test', devices: [{ generate: 1, device_family: 'Mac' }] });
    mocked = new Mocked(...appleHandlers(apple));
  });
  afterEach(() => mocked[Symbol.dispose]());

  const add = (fault: Omit<Fault, 'on'>) => apple.faults.add({ id: 'f', on: '*', times: 1, ...fault });
  const entries = () => [...coreOf(apple).journal.entries(apple.organizations.default.id)];
  const applied = () => entries().map(({ fault }) => fault);

  for (const [fault, check] of FAULTS) {
    it(`${JSON.stringify(fault)} reaches the client once and the journal`, async () => {
      const whole = await ask();
      assert.ok(whole !== undefined);
      await add(fault);
      check(await ask(), whole);
      hasResponse(await ask(), whole);
      assert.deepEqual(applied(), [undefined, 'f', undefined]);
    });
  }

  for (const fault of [{ answer: { stall: true } }, { latency: '10m' }, { bytes_per_second: 1 }] as const) {
    it(`${JSON.stringify(fault)} ends when the client aborts`, async () => {
      await add(fault);
      const leaving = new AbortController();
      const received = fetch(CONFIG, { signal: leaving.signal }).then((answer) => answer.text());
      while (applied().length === 0) await new Promise((resolve) => setImmediate(resolve));
      leaving.abort();
      await assert.rejects(received, { name: 'AbortError' });
    });
  }

  it('a body over the size limit returns 413 with the reason', async () => {
    const answer = await fetch(`${DEP}/profile`, {
      method: 'POST',
      body: new Uint8Array(10 * 1024 * 1024 + 1),
    });
    assert.equal(answer.status, 413);
    assert.match(
      answer.headers.get('x-crabapple-why') ?? '',
      /the body is larger than the limit of 10485760 bytes/,
    );
  });

  it('binary bodies are not changed', async () => {
    const body = Uint8Array.from({ length: 256 }, (_, index) => index);
    assert.equal((await fetch(`${DEP}/profile`, { method: 'POST', body })).status, 401);
    const [entry] = entries();
    assert.deepEqual(entry?.request.body, { kind: 'whole', bytes: body });
  });

  it('a streamed request body is read completely', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"profile_name":'));
        controller.enqueue(new TextEncoder().encode('"x"}'));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    await fetch(`${DEP}/profile`, init as RequestInit);
    const [entry] = entries();
    assert.deepEqual(JSON.parse(keptText(entry!)), {
      profile_name: 'x',
    });
  });

  it('server-sent events deliver pushes to a device', async () => {
    const provider = new Provider(coreOf(apple));
    const push = 'https://api.push.apple.com';
    const listening = await fetch(`${push}/events?token=${provider.token()}`);
    assert.equal(listening.headers.get('content-type'), 'text/event-stream');
    const reader = listening.body!.pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await reader.read()).value, ': listening\n\n');
    provider.sendAtOnce();
    assert.equal((await reader.read()).value, `event: ping\ndata: {"mdm":"${provider.magic()}"}\n\n`);
    await reader.cancel();
  });
});
