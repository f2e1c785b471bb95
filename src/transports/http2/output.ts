import { FrameWriter } from './frames/frame-writer.ts';

/** Whose frames are being written. */
export interface Sender {
  send(bytes: Buffer): void;
}

/**
 * The one place where all connections of a transport write their frames, each for as long as its turn lasts: a buffer for
 * each would take more memory than the rest of ten thousand idle connections.
 */
export class Output {
  readonly #frames = new FrameWriter();
  #sender: Sender | undefined;

  /** To write into; what another sender has written leaves first. */
  of(sender: Sender): FrameWriter {
    if (this.#sender !== sender) {
      this.#leave();
      this.#sender = sender;
    }
    return this.#frames;
  }

  /** How much of a sender waits to be flushed. */
  unsent(sender: Sender): number {
    return this.#sender === sender ? this.#frames.length : 0;
  }

  flush(sender: Sender): void {
    if (this.#sender === sender) this.#leave();
  }

  #leave(): void {
    const sender = this.#sender;
    this.#sender = undefined;
    if (this.#frames.length > 0) sender?.send(this.#frames.take());
  }
}
