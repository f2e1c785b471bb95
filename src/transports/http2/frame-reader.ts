import {
  ConnectionError,
  ERROR_CODE,
  FRAME_HEAD,
  PREFACE,
  protocolError,
  streamIdentifier,
} from './frames.ts';

/** Receives each frame. The payload is `bytes` from `from` to `to`, valid only during the call. */
export type FrameHandler = (
  type: number,
  flags: number,
  stream: number,
  bytes: Buffer,
  from: number,
  to: number,
) => void;

/** Splits the bytes of a socket, chunk by chunk, into frames (RFC 9113 section 4.1). */
export class FrameReader {
  readonly #largestFrame: number;
  readonly #onFrame: FrameHandler;
  /** How many octets of the preface were read. */
  #prefaceRead = 0;
  /** An incomplete frame, or the incomplete head of one. */
  #partial: Buffer | undefined;
  #filled = 0;
  #stopped = false;

  constructor(largestFrame: number, onFrame: FrameHandler) {
    this.#largestFrame = largestFrame;
    this.#onFrame = onFrame;
  }

  /** Ignores everything that follows. */
  stop(): void {
    this.#stopped = true;
    this.#partial = undefined;
  }

  /** @throws ConnectionError */
  read(chunk: Buffer): void {
    let at = this.#prefaceRead < PREFACE.length ? this.#readPreface(chunk) : 0;
    if (this.#partial !== undefined) at = this.#complete(chunk, at);
    while (!this.#stopped && chunk.length - at >= FRAME_HEAD) {
      const end = at + FRAME_HEAD + this.#length(chunk, at);
      if (end > chunk.length) break;
      this.#emit(chunk, at, end);
      at = end;
    }
    if (!this.#stopped && at < chunk.length) this.#keep(chunk, at);
  }

  #readPreface(chunk: Buffer): number {
    const length = Math.min(chunk.length, PREFACE.length - this.#prefaceRead);
    if (chunk.compare(PREFACE, this.#prefaceRead, this.#prefaceRead + length, 0, length) !== 0)
      throw protocolError('the connection does not begin with the preface');
    this.#prefaceRead += length;
    return length;
  }

  #length(bytes: Buffer, at: number): number {
    const length = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    if (length > this.#largestFrame)
      throw new ConnectionError(
        ERROR_CODE.frameSizeError,
        `a frame of ${length} bytes is larger than SETTINGS_MAX_FRAME_SIZE (${this.#largestFrame})`,
      );
    return length;
  }

  #emit(bytes: Buffer, at: number, end: number): void {
    this.#onFrame(
      bytes[at + 3]!,
      bytes[at + 4]!,
      streamIdentifier(bytes, at + 5),
      bytes,
      at + FRAME_HEAD,
      end,
    );
  }

  #keep(chunk: Buffer, at: number): void {
    const size = chunk.length - at >= FRAME_HEAD ? FRAME_HEAD + this.#length(chunk, at) : FRAME_HEAD;
    this.#partial = Buffer.allocUnsafe(size);
    this.#filled = chunk.copy(this.#partial, 0, at);
  }

  /** Completes a frame that began in an earlier chunk. @returns where the rest of this chunk begins */
  #complete(chunk: Buffer, from: number): number {
    let at = this.#fill(chunk, from);
    if (this.#partial !== undefined && this.#partial.length === FRAME_HEAD && this.#filled === FRAME_HEAD) {
      const head = this.#partial;
      const length = this.#length(head, 0);
      this.#partial = Buffer.allocUnsafe(FRAME_HEAD + length);
      head.copy(this.#partial);
      at = this.#fill(chunk, at);
    }
    const frame = this.#partial;
    if (frame === undefined || this.#filled < frame.length) return at;
    this.#partial = undefined;
    this.#emit(frame, 0, frame.length);
    return at;
  }

  #fill(chunk: Buffer, from: number): number {
    const copied = chunk.copy(this.#partial!, this.#filled, from);
    this.#filled += copied;
    return from + copied;
  }
}
