import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { mock } from 'node:test';
import { DeadlineList } from '../../../src/transports/http2/deadlines.ts';
import { SharedOutput } from '../../../src/transports/http2/flow-control.ts';
import { Session } from '../../../src/transports/http2/session.ts';
import { TRANSPORT_LIMITS } from '../../../src/transports/receiver.ts';
import { stubReceiver } from './stub-receiver.ts';

/** A connection whose peer reads on demand. */
class SlowSocket extends Duplex {
  #read: () => void = () => {};

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    this.#read = done;
  }

  /** The peer reads the next chunk. */
  async readChunk(): Promise<void> {
    this.#read();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('an HTTP/2 connection that is closing', () => {
  afterEach(() => mock.timers.reset());

  it('stays open while its peer reads the rest, and no longer', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const socket = new SlowSocket();
    const session = new Session(
      socket as unknown as Socket,
      { id: 1, protocol: 'h2', secure: false, serverName: undefined, certificate: undefined },
      {
        receiver: stubReceiver,
        limits: TRANSPORT_LIMITS,
        deadlines: new DeadlineList(TRANSPORT_LIMITS.request),
        output: new SharedOutput(),
      },
      { kind: 'serve' },
    );
    for (let count = 0; count < 3; count += 1) session.send(Buffer.alloc(100_000));
    session.leave('Shutdown');
    for (let count = 0; count < 3; count += 1) {
      await socket.readChunk();
      mock.timers.tick(TRANSPORT_LIMITS.head);
      assert.equal(socket.destroyed, false);
    }
    mock.timers.tick(TRANSPORT_LIMITS.head);
    assert.equal(socket.destroyed, true);
  });
});
