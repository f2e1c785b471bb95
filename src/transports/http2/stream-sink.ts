import { EventEmitter } from 'node:events';
import type { BodySink } from '../send-body.ts';

const NOTHING = new Uint8Array();

/** Where the bytes go that are made while they are sent. */
export class StreamSink extends EventEmitter implements BodySink {
  destroyed = false;
  readonly #send: (bytes: Uint8Array, ends: boolean) => boolean;

  /** @param send takes bytes once those before are sent; tells whether they were */
  constructor(send: (bytes: Uint8Array, ends: boolean) => boolean) {
    super();
    this.#send = send;
  }

  write(bytes: Uint8Array): boolean {
    return this.#send(bytes, false);
  }

  end(): void {
    this.#send(NOTHING, true);
  }

  /** What was held back is sent. */
  drained(): void {
    this.emit('drain');
  }

  close(): void {
    this.destroyed = true;
    this.emit('close');
  }
}
