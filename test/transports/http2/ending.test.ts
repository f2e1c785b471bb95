import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { mock } from 'node:test';
import { TRANSPORT_LIMITS } from '../../../src/transports/bounds.ts';
import { Output } from '../../../src/transports/http2/output.ts';
import { Session } from '../../../src/transports/http2/session.ts';
import { Underway } from '../../../src/transports/http2/underway.ts';
import { nobody } from './nobody.ts';

/** A connection whose peer reads when it is told to. */
class SlowSocket extends Duplex {
  #read: () => void = () => {};

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    this.#read = done;
  }

  /** The peer reads the next piece. */
  async readPiece(): Promise<void> {
    this.#read();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a connection of HTTP/2 that ends', () => {
  afterEach(() => mock.timers.reset());

  it('is open as long as its peer reads what is left, and no longer', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const socket = new SlowSocket();
    const session = new Session(
      socket as unknown as Socket,
      { id: 1, protocol: 'h2', secure: false, serverName: undefined, certificate: undefined },
      {
        receiver: nobody,
        bounds: TRANSPORT_LIMITS,
        underway: new Underway(TRANSPORT_LIMITS.request),
        output: new Output(),
      },
      { kind: 'serve' },
    );
    for (let count = 0; count < 3; count += 1) session.send(Buffer.alloc(100_000));
    session.leave('Shutdown');
    for (let count = 0; count < 3; count += 1) {
      await socket.readPiece();
      mock.timers.tick(TRANSPORT_LIMITS.head);
      assert.equal(socket.destroyed, false);
    }
    mock.timers.tick(TRANSPORT_LIMITS.head);
    assert.equal(socket.destroyed, true);
  });
});
