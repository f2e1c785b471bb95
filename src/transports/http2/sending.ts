import type { Socket } from 'node:net';
import { ConnectionError, ERROR_CODE } from './frames/error-code.ts';
import { DEFAULT_FRAME_SIZE } from './frames/frame-writer.ts';
import type { Output, Sender } from './output.ts';
import { DEFAULT_WINDOW, LARGEST_WINDOW } from './settings.ts';
import type { Stream } from './stream.ts';

/** So many bytes wait for a peer that does not read; of bodies no more are written then. */
const MOST_UNSENT = 256 * 1024;

/** Sends the bodies of a connection, as far as its peer takes them (RFC 9113 section 5.2). */
export class Sending {
  readonly #socket: Socket;
  readonly #output: Output;
  readonly #sender: Sender;
  readonly #blocked = new Set<Stream>();
  #window = DEFAULT_WINDOW;
  /** Whether something waits for the socket alone. */
  #waitsForSocket = false;

  constructor(socket: Socket, output: Output, sender: Sender) {
    this.#socket = socket;
    this.#output = output;
    this.#sender = sender;
  }

  /** Whether so much waits to be read by the peer that nothing more of it should be answered. */
  get isChoked(): boolean {
    return this.#unsent() > 2 * MOST_UNSENT;
  }

  /** Whether something waited for the socket alone, and need not any more. */
  get mayGoOn(): boolean {
    return this.#waitsForSocket && this.#unsent() < MOST_UNSENT;
  }

  #unsent(): number {
    return this.#socket.writableLength + this.#output.unsent(this.#sender);
  }

  send(stream: Stream): void {
    const bytes = stream.outgoing!;
    for (;;) {
      const left = bytes.length - stream.outgoingAt;
      const room = this.#unsent() < MOST_UNSENT ? DEFAULT_FRAME_SIZE : 0;
      const size = Math.min(left, room, stream.sendWindow, this.#window);
      if (size <= 0 && left > 0) {
        this.#waitsForSocket ||= room === 0;
        this.#blocked.add(stream);
        return;
      }
      const isLast = size === left;
      if (size > 0 || stream.outgoingEnds) this.#write(stream, bytes, size, isLast && stream.outgoingEnds);
      if (isLast) break;
    }
    this.#blocked.delete(stream);
    stream.sent();
  }

  #write(stream: Stream, bytes: Uint8Array, size: number, ends: boolean): void {
    const from = stream.outgoingAt;
    this.#output.of(this.#sender).data(stream.id, bytes, from, from + size, ends);
    stream.outgoingAt += size;
    stream.sendWindow -= size;
    this.#window -= size;
  }

  forget(stream: Stream): void {
    if (this.#blocked.size > 0) this.#blocked.delete(stream);
  }

  /** @throws ConnectionError */
  grow(increment: number): void {
    this.#window += increment;
    if (this.#window > LARGEST_WINDOW)
      throw new ConnectionError(ERROR_CODE.flowControlError, 'the window of the connection is too large');
    this.resume();
  }

  /** Goes on where the peer takes more. */
  resume(): void {
    this.#waitsForSocket = false;
    for (const stream of this.#blocked) {
      if (this.#window <= 0) return;
      if (this.#unsent() >= MOST_UNSENT) {
        this.#waitsForSocket = true;
        return;
      }
      this.send(stream);
    }
  }
}
