import type { Socket } from 'node:net';
import { DEFAULT_FRAME_SIZE, FrameWriter } from './frame-writer.ts';
import { ConnectionError, ERROR_CODE } from './frames.ts';
import { DEFAULT_WINDOW, MAX_WINDOW } from './settings.ts';
import type { Stream } from './stream.ts';

/** A connection whose frames are in the shared output. */
export interface Sender {
  send(bytes: Buffer): void;
}

/**
 * The buffer into which all connections of a transport write their frames, one after another. A buffer for each would take
 * more memory than everything else that ten thousand idle connections need.
 */
export class SharedOutput {
  readonly #frames = new FrameWriter();
  #sender: Sender | undefined;

  /** The writer for this sender; frames of another sender are sent first. */
  writerFor(sender: Sender): FrameWriter {
    if (this.#sender !== sender) {
      this.#send();
      this.#sender = sender;
    }
    return this.#frames;
  }

  /** How many bytes of a sender are not flushed. */
  unsent(sender: Sender): number {
    return this.#sender === sender ? this.#frames.length : 0;
  }

  flush(sender: Sender): void {
    if (this.#sender === sender) this.#send();
  }

  #send(): void {
    const sender = this.#sender;
    this.#sender = undefined;
    if (this.#frames.length > 0) sender?.send(this.#frames.take());
  }
}

/** No more DATA is written while this many bytes wait for a peer that does not read. */
const MAX_UNSENT = 256 * 1024;

/** Sends the response bodies of a connection within the windows of its peer (RFC 9113 section 5.2). */
export class BodySender {
  readonly #socket: Socket;
  readonly #output: SharedOutput;
  readonly #sender: Sender;
  readonly #blocked = new Set<Stream>();
  #window = DEFAULT_WINDOW;
  /** Whether a stream is blocked by the socket alone. */
  #waitsForSocket = false;

  constructor(socket: Socket, output: SharedOutput, sender: Sender) {
    this.#socket = socket;
    this.#output = output;
    this.#sender = sender;
  }

  /** Whether so much is unsent that no further requests should be read. */
  get isCongested(): boolean {
    return this.#unsent() > 2 * MAX_UNSENT;
  }

  /** Whether a stream was blocked by the socket alone and can continue now. */
  get canResume(): boolean {
    return this.#waitsForSocket && this.#unsent() < MAX_UNSENT;
  }

  #unsent(): number {
    return this.#socket.writableLength + this.#output.unsent(this.#sender);
  }

  /** Sends as much of `stream.outgoing` as the peer accepts now; the rest follows when a window opens. */
  send(stream: Stream): void {
    const bytes = stream.outgoing!;
    for (;;) {
      const left = bytes.length - stream.outgoingAt;
      const room = this.#unsent() < MAX_UNSENT ? DEFAULT_FRAME_SIZE : 0;
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
    stream.onSent();
  }

  #write(stream: Stream, bytes: Uint8Array, size: number, ends: boolean): void {
    const from = stream.outgoingAt;
    this.#output.writerFor(this.#sender).data(stream.id, bytes, from, from + size, ends);
    stream.outgoingAt += size;
    stream.sendWindow -= size;
    this.#window -= size;
  }

  forget(stream: Stream): void {
    if (this.#blocked.size > 0) this.#blocked.delete(stream);
  }

  /** WINDOW_UPDATE of the connection. @throws ConnectionError */
  widen(increment: number): void {
    this.#window += increment;
    if (this.#window > MAX_WINDOW)
      throw new ConnectionError(ERROR_CODE.flowControlError, 'the window of the connection is too large');
    this.resume();
  }

  /** Sends what the peer accepts now of the blocked streams. */
  resume(): void {
    this.#waitsForSocket = false;
    for (const stream of this.#blocked) {
      if (this.#window <= 0) return;
      if (this.#unsent() >= MAX_UNSENT) {
        this.#waitsForSocket = true;
        return;
      }
      this.send(stream);
    }
  }
}
