import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { frame, TYPE } from '../transports/http2/frames.ts';
import { Peer } from '../transports/http2/peer.ts';

describe('a failed TLS handshake', () => {
  let apple: SimulatedApple;
  let server: CrabappleServer;

  before(async () => {
    apple = new SimulatedApple();
    await apple.addScenario({ name: 'Handshakes' });
    server = await openServer(apple, { port: 0, tlsPort: 0 });
  });
  after(() => server.close());

  const nextEntry = (): Promise<JournalEntry> =>
    new Promise((resolve) => {
      const stop = apple.journal.onEntry((entry) => {
        stop();
        resolve(entry);
      });
    });

  const FAILING: Readonly<Record<string, readonly [begin: () => void, why: RegExp]>> = {
    'since the client does not trust the authority': [
      () => execFile('curl', ['--silent', `${server.tlsUrl}/account`], () => {}),
      /does not trust.*crabapple env/,
    ],
    'since plain HTTP came': [
      () => execFile('curl', ['--silent', `${server.tlsUrl}/account`.replace('https:', 'http:')], () => {}),
      /begins with https:\/\//,
    ],
  };
  for (const [title, [begin, why]] of Object.entries(FAILING)) {
    it(`is in the journal as handshake_failed with the reason: ${title}`, async () => {
      const pending = nextEntry();
      begin();
      const entry = await pending;
      assert.deepEqual([entry.operation, entry.ended], ['connection', 'handshake_failed']);
      assert.match(entry.why ?? '', why);
    });
  }

  it('leaves no entry for a client that only checks whether the port is open', async () => {
    const socket = connect(Number(new URL(server.tlsUrl!).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const pending = nextEntry();
    socket.destroy();
    await fetch(`${server.url}/account`);
    assert.equal((await pending).operation, 'dep.account');
  });
});

describe('a connection that violates HTTP/2', () => {
  it('is in the journal as protocol_error, found by operation=connection', async () => {
    const apple = new SimulatedApple();
    await apple.addScenario({ name: 'Broken' });
    const server = await openServer(apple, { port: 0 });
    const peer = new Peer(Number(new URL(server.url).port));
    peer.send(frame(TYPE.ping, 0, 0, Buffer.alloc(3)));
    assert.match((await peer.rest()).at(-1)!, /^GOAWAY 0 last 0 frameSizeError PING of 3 octets/);
    const answer = await fetch(`${server.url}/_crabapple/journal?operation=connection`);
    const { entries } = (await answer.json()) as { entries: readonly { ended: string; why: string }[] };
    assert.deepEqual(
      entries.map(({ ended, why }) => [ended, why]),
      [['protocol_error', 'PING of 3 octets']],
    );
    await server.close();
  });
});
