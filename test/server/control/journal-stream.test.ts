import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../src/engine/journal/entry.ts';
import { Journal } from '../../../src/engine/journal/journal.ts';
import { openJournalStream } from '../../../src/server/control/journal-stream.ts';
import { SimulatedApple } from '../../../src/simulated-apple.ts';
import { Semaphore } from '../../../src/transports/semaphore.ts';
import { ControlClient } from './control-client.ts';

const decoder = new TextDecoder();

async function nextText(iterator: AsyncIterator<Uint8Array>): Promise<string | undefined> {
  const { done, value } = await iterator.next();
  return done ? undefined : decoder.decode(value);
}

const idsIn = (text: string | undefined): number[] =>
  [...(text ?? '').matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

describe('GET journal/stream', () => {
  async function opened(
    client: ControlClient,
    path = 'journal/stream',
    headers: Record<string, string> = {},
  ) {
    const { status, headers: responseHeaders, body } = await client.response('GET', path, { headers });
    assert.equal(status, 200);
    assert.match(responseHeaders['content-type'] ?? '', /^text\/event-stream/);
    const iterator = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    assert.match((await nextText(iterator)) ?? '', /^: /);
    return iterator;
  }

  it('sends present entries, then new ones, of one organization', async () => {
    const client = await ControlClient.of();
    const second = await client.add('second');
    await client.traffic();
    await client.traffic(second);
    const iterator = await opened(client);
    const [first] = [await nextText(iterator)];
    assert.deepEqual(idsIn(first), [1]);
    const data = JSON.parse(/^data: (.*)$/m.exec(first ?? '')![1]!);
    assert.deepEqual([data.seq, data.operation, data.organization], [1, 'dep.session', 'acme']);
    assert.ok(!first?.includes('not_shown'));
    const waiting = nextText(iterator);
    await client.traffic(second);
    await client.traffic();
    assert.deepEqual(idsIn(await waiting), [4]);
    await iterator.return?.();
  });

  it('continues after Last-Event-ID, and after a number of a previous server', async () => {
    const client = await ControlClient.of();
    for (let round = 0; round < 4; round += 1) await client.traffic();
    const resumed = await opened(client, 'journal/stream?after=1', { 'last-event-id': '3' });
    assert.deepEqual(idsIn(await nextText(resumed)), [4]);
    const foreign = await opened(client, 'journal/stream?after=5000');
    const waiting = nextText(foreign);
    await client.traffic();
    assert.deepEqual(idsIn(await waiting), [5]);
  });

  it('opens at most 100 streams, and another one after a close', async () => {
    const client = await ControlClient.of();
    const iterators = [];
    for (let number = 0; number < 100; number += 1) iterators.push(await opened(client));
    const rejected = await client.request('GET', 'journal/stream');
    assert.equal(rejected.status, 429);
    await iterators[0]!.return?.();
    await iterators[0]!.return?.();
    await opened(client);
    assert.equal((await client.request('GET', 'journal/stream')).status, 429);
  });

  it('counts a stream only after its first read', async () => {
    const client = await ControlClient.of();
    for (let number = 0; number < 200; number += 1)
      assert.equal((await client.response('HEAD', 'journal/stream')).status, 200);
    await opened(client);
  });
});

describe('openJournalStream', () => {
  async function subscribed(changed: Partial<Parameters<typeof openJournalStream>[0]> = {}, entries = 10) {
    const client = await ControlClient.of();
    const journal = new Journal({ entries, bytes: 1_000_000 });
    const semaphore = new Semaphore(1);
    const stream = openJournalStream({
      journal,
      view: 'acme',
      after: 0,
      secrets: false,
      heartbeat: 5,
      semaphore,
      ...changed,
    });
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await client.traffic();
    const [{ seq: _, ...draft }] = [...client.apple.journal.entries('acme')] as [JournalEntry];
    const record = (): unknown => journal.record(draft);
    return { iterator, journal, semaphore, record, stream };
  }

  it('sends a heartbeat when no entry arrives', async () => {
    const { iterator } = await subscribed();
    assert.equal(await nextText(iterator), ': still here\n\n');
  });

  it('sends a slow reader the number of dropped entries', async () => {
    const { iterator, record } = await subscribed();
    for (let number = 0; number < 25; number += 1) record();
    const text = (await nextText(iterator)) ?? '';
    assert.match(text, /^event: dropped\ndata: \{"dropped":15\}\n\n/);
    assert.deepEqual(idsIn(text), [16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    record();
    const after = (await nextText(iterator)) ?? '';
    assert.ok(!after.includes('dropped'));
    assert.deepEqual(idsIn(after), [26]);
  });

  it('ends when its reader returns, even while it waits', async () => {
    const { iterator, journal, semaphore, record } = await subscribed({ heartbeat: 60_000 });
    const waiting = iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await iterator.return?.();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
    assert.equal(semaphore.held, 0);
    record();
    assert.equal(journal.size, 1);
  });

  it('resolves concurrent calls of next() in order', async () => {
    const { iterator, record } = await subscribed({ heartbeat: 60_000 });
    const both = [nextText(iterator), nextText(iterator)];
    record();
    await new Promise((resolve) => setTimeout(resolve, 5));
    record();
    assert.deepEqual((await Promise.all(both)).map(idsIn), [[1], [2]]);
    await iterator.return?.();
  });

  it('ends immediately when the semaphore is full', async () => {
    const { stream } = await subscribed();
    assert.deepEqual(await stream[Symbol.asyncIterator]().next(), { done: true, value: undefined });
  });

  it('leaves no listener behind', async () => {
    const { journal } = new SimulatedApple();
    const listening = new Set<unknown>();
    const { onEntry } = journal;
    journal.onEntry = (listener) => {
      listening.add(listener);
      const stop = onEntry.call(journal, listener);
      return () => {
        listening.delete(listener);
        stop();
      };
    };
    const { iterator } = await subscribed({ journal });
    assert.equal(listening.size, 1);
    await iterator.return?.();
    assert.equal(listening.size, 0);
  });
});
