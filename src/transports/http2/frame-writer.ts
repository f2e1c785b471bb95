import type { Response } from '../../core/outcome.ts';
import { type ErrorCode, FLAG, FRAME, FRAME_HEAD } from './frames.ts';
import { encodeFields, encodeTableUpdate, maxEncodedLength } from './hpack/encoder.ts';

const INITIAL_SIZE = 64 * 1024;
/** A larger buffer, which one large response needed, is dropped after use. */
const MAX_KEPT_SIZE = 1024 * 1024;
/** The size that every peer accepts: RFC 9113 section 4.2. */
export const DEFAULT_FRAME_SIZE = 16_384;

/** The reason of a GOAWAY frame in the form that Apple sends: https://github.com/sideshow/apns2/issues/93. */
export const goawayReason = (reason: string | undefined): string =>
  reason === undefined ? '' : JSON.stringify({ reason });

/** Encodes frames that are sent together. All connections of a transport share one writer in turn. */
export class FrameWriter {
  #bytes = Buffer.allocUnsafeSlow(INITIAL_SIZE);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  /** Returns what was written since the last call. */
  take(): Buffer {
    const written = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    if (this.#bytes.length > MAX_KEPT_SIZE) this.#bytes = Buffer.allocUnsafeSlow(INITIAL_SIZE);
    return written;
  }

  settings(settings: readonly (readonly [identifier: number, value: number])[]): void {
    this.#writeHead(6 * settings.length, FRAME.settings, 0, 0);
    for (const [identifier, value] of settings) {
      this.#bytes[this.#at++] = identifier >>> 8;
      this.#bytes[this.#at++] = identifier;
      this.#writeUint32(value);
    }
  }

  acknowledgeSettings(): void {
    this.#writeHead(0, FRAME.settings, FLAG.ack, 0);
  }

  acknowledgePing(bytes: Buffer, from: number, to: number): void {
    this.#writeHead(to - from, FRAME.ping, FLAG.ack, 0);
    this.#at += bytes.copy(this.#bytes, this.#at, from, to);
  }

  /** @param debugText the reason, for people who read the frame; see `goawayReason` */
  goaway(lastStream: number, code: ErrorCode, debugText: string): void {
    const debug = Buffer.from(debugText);
    this.#writeHead(8 + debug.length, FRAME.goaway, 0, 0);
    this.#writeUint32(lastStream);
    this.#writeUint32(code);
    this.#at += debug.copy(this.#bytes, this.#at);
  }

  resetStream(stream: number, code: ErrorCode): void {
    this.#writeHead(4, FRAME.resetStream, 0, stream);
    this.#writeUint32(code);
  }

  windowUpdate(stream: number, increment: number): void {
    this.#writeHead(4, FRAME.windowUpdate, 0, stream);
    this.#writeUint32(increment);
  }

  /**
   * @param updatesTable whether the block must begin with a dynamic table size update
   * @throws TypeError for an invalid header field; nothing is written then
   */
  headers(
    stream: number,
    { status, headers }: Pick<Response, 'status' | 'headers'>,
    endStream: boolean,
    updatesTable: boolean,
  ): void {
    this.#reserve(FRAME_HEAD + maxEncodedLength(headers));
    const from = this.#at + FRAME_HEAD;
    const first = updatesTable ? encodeTableUpdate(this.#bytes, from) : from;
    const end = encodeFields(this.#bytes, first, status, headers);
    const flags = endStream ? FLAG.endStream : 0;
    if (end - from <= DEFAULT_FRAME_SIZE) {
      this.#writeHead(end - from, FRAME.headers, flags | FLAG.endHeaders, stream);
      this.#at = end;
    } else this.#writeContinued(Buffer.from(this.#bytes.subarray(from, end)), flags, stream);
  }

  /** RFC 9113 section 6.10. */
  #writeContinued(block: Buffer, flags: number, stream: number): void {
    for (let at = 0; at < block.length; at += DEFAULT_FRAME_SIZE) {
      const part = block.subarray(at, at + DEFAULT_FRAME_SIZE);
      const endHeaders = at + part.length === block.length ? FLAG.endHeaders : 0;
      if (at === 0) this.#writeHead(part.length, FRAME.headers, flags | endHeaders, stream);
      else this.#writeHead(part.length, FRAME.continuation, endHeaders, stream);
      this.#at += part.copy(this.#bytes, this.#at);
    }
  }

  data(stream: number, bytes: Uint8Array, from: number, to: number, endStream: boolean): void {
    this.#writeHead(to - from, FRAME.data, endStream ? FLAG.endStream : 0, stream);
    this.#bytes.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), this.#at);
    this.#at += to - from;
  }

  /** Writes the nine octets of RFC 9113 section 4.1 and reserves space for the payload. */
  #writeHead(length: number, type: number, flags: number, stream: number): void {
    this.#reserve(FRAME_HEAD + length);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = length >>> 16;
    bytes[at++] = length >>> 8;
    bytes[at++] = length;
    bytes[at++] = type;
    bytes[at++] = flags;
    bytes[at++] = stream >>> 24;
    bytes[at++] = stream >>> 16;
    bytes[at++] = stream >>> 8;
    bytes[at++] = stream;
    this.#at = at;
  }

  #writeUint32(value: number): void {
    this.#at = this.#bytes.writeUInt32BE(value, this.#at);
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at + size));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
