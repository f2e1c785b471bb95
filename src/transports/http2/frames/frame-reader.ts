import { ConnectionError, ERROR_CODE } from './error-code.ts';
import { FRAME_HEAD, PREFACE, streamIdentifier } from './frame.ts';

/** Called for each frame; its payload are the bytes from `from` to `to`, which are the reader's again afterward. */
export type TakeFrame = (
  type: number,
  flags: number,
  stream: number,
  bytes: Buffer,
  from: number,
  to: number,
) => void;

/** Finds the frames in what a socket brings, piece by piece (RFC 9113 section 4.1). */
export class FrameReader {
  readonly #largestFrame: number;
  readonly #take: TakeFrame;
  /** How much of the preface has come. */
  #greeted = 0;
  /** A frame, or the head of one, of which more is to come. */
  #begun: Buffer | undefined;
  #filled = 0;
  #stopped = false;

  constructor(largestFrame: number, take: TakeFrame) {
    this.#largestFrame = largestFrame;
    this.#take = take;
  }

  /** No frame of what is left is looked at. */
  stop(): void {
    this.#stopped = true;
    this.#begun = undefined;
  }

  /** @throws ConnectionError */
  read(chunk: Buffer): void {
    let at = this.#greeted < PREFACE.length ? this.#greet(chunk) : 0;
    if (this.#begun !== undefined) at = this.#complete(chunk, at);
    while (!this.#stopped && chunk.length - at >= FRAME_HEAD) {
      const end = at + FRAME_HEAD + this.#length(chunk, at);
      if (end > chunk.length) break;
      this.#pass(chunk, at, end);
      at = end;
    }
    if (!this.#stopped && at < chunk.length) this.#begin(chunk, at);
  }

  #greet(chunk: Buffer): number {
    const length = Math.min(chunk.length, PREFACE.length - this.#greeted);
    if (chunk.compare(PREFACE, this.#greeted, this.#greeted + length, 0, length) !== 0)
      throw new ConnectionError(ERROR_CODE.protocolError, 'the connection does not begin with the preface');
    this.#greeted += length;
    return length;
  }

  #length(bytes: Buffer, at: number): number {
    const length = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    if (length > this.#largestFrame)
      throw new ConnectionError(
        ERROR_CODE.frameSizeError,
        `a frame of ${length} bytes is larger than SETTINGS_MAX_FRAME_SIZE, ${this.#largestFrame}`,
      );
    return length;
  }

  #pass(bytes: Buffer, at: number, end: number): void {
    this.#take(bytes[at + 3]!, bytes[at + 4]!, streamIdentifier(bytes, at + 5), bytes, at + FRAME_HEAD, end);
  }

  #begin(chunk: Buffer, at: number): void {
    const size = chunk.length - at >= FRAME_HEAD ? FRAME_HEAD + this.#length(chunk, at) : FRAME_HEAD;
    this.#begun = Buffer.allocUnsafe(size);
    this.#filled = chunk.copy(this.#begun, 0, at);
  }

  /** Fills a frame that began in an earlier piece. @returns where the rest of the piece begins */
  #complete(chunk: Buffer, from: number): number {
    let at = this.#fill(chunk, from);
    if (this.#begun !== undefined && this.#begun.length === FRAME_HEAD && this.#filled === FRAME_HEAD) {
      const head = this.#begun;
      const length = this.#length(head, 0);
      this.#begun = Buffer.allocUnsafe(FRAME_HEAD + length);
      head.copy(this.#begun);
      at = this.#fill(chunk, at);
    }
    const frame = this.#begun;
    if (frame === undefined || this.#filled < frame.length) return at;
    this.#begun = undefined;
    this.#pass(frame, 0, frame.length);
    return at;
  }

  #fill(chunk: Buffer, from: number): number {
    const copied = chunk.copy(this.#begun!, this.#filled, from);
    this.#filled += copied;
    return from + copied;
  }
}
