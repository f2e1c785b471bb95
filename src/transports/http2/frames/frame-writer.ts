import type { Response } from '../../../core/outcome.ts';
import { encodeFields, encodeTableUpdate, mostOctets } from '../hpack/encode-fields.ts';
import type { ErrorCode } from './error-code.ts';
import { FLAG, FRAME, FRAME_HEAD } from './frame.ts';

const ROOM = 64 * 1024;
/** A buffer that one large answer needed is not kept for ever. */
const MOST_KEPT = 1024 * 1024;
/** All that a client may ask for in vain: RFC 9113 section 4.2. */
export const DEFAULT_FRAME_SIZE = 16_384;

/** Frames that are to leave together. All connections of a transport write into one, each until it sends what it wrote. */
export class FrameWriter {
  #bytes = Buffer.allocUnsafeSlow(ROOM);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  /** What was written since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    if (this.#bytes.length > MOST_KEPT) this.#bytes = Buffer.allocUnsafeSlow(ROOM);
    return taken;
  }

  settings(settings: readonly (readonly [identifier: number, value: number])[]): void {
    this.#head(6 * settings.length, FRAME.settings, 0, 0);
    for (const [identifier, value] of settings) {
      this.#bytes[this.#at++] = identifier >>> 8;
      this.#bytes[this.#at++] = identifier;
      this.#word(value);
    }
  }

  acknowledgeSettings(): void {
    this.#head(0, FRAME.settings, FLAG.ack, 0);
  }

  acknowledgePing(bytes: Buffer, from: number, to: number): void {
    this.#head(to - from, FRAME.ping, FLAG.ack, 0);
    this.#at += bytes.copy(this.#bytes, this.#at, from, to);
  }

  goaway(lastStream: number, code: ErrorCode, debug: Buffer): void {
    this.#head(8 + debug.length, FRAME.goaway, 0, 0);
    this.#word(lastStream);
    this.#word(code);
    this.#at += debug.copy(this.#bytes, this.#at);
  }

  resetStream(stream: number, code: ErrorCode): void {
    this.#head(4, FRAME.resetStream, 0, stream);
    this.#word(code);
  }

  windowUpdate(stream: number, increment: number): void {
    this.#head(4, FRAME.windowUpdate, 0, stream);
    this.#word(increment);
  }

  /**
   * @param updatesTable whether the peer waits for a word about its table
   * @throws TypeError with nothing written, for what no header field can be
   */
  headers(
    stream: number,
    { status, headers }: Pick<Response, 'status' | 'headers'>,
    endStream: boolean,
    updatesTable: boolean,
  ): void {
    this.#make(FRAME_HEAD + mostOctets(headers));
    const from = this.#at + FRAME_HEAD;
    const first = updatesTable ? encodeTableUpdate(this.#bytes, from) : from;
    const end = encodeFields(this.#bytes, first, status, headers);
    const flags = endStream ? FLAG.endStream : 0;
    if (end - from <= DEFAULT_FRAME_SIZE) {
      this.#head(end - from, FRAME.headers, flags | FLAG.endHeaders, stream);
      this.#at = end;
    } else this.#continued(Buffer.from(this.#bytes.subarray(from, end)), flags, stream);
  }

  /** RFC 9113 section 6.10. */
  #continued(block: Buffer, flags: number, stream: number): void {
    for (let at = 0; at < block.length; at += DEFAULT_FRAME_SIZE) {
      const part = block.subarray(at, at + DEFAULT_FRAME_SIZE);
      const ending = at + part.length === block.length ? FLAG.endHeaders : 0;
      if (at === 0) this.#head(part.length, FRAME.headers, flags | ending, stream);
      else this.#head(part.length, FRAME.continuation, ending, stream);
      this.#at += part.copy(this.#bytes, this.#at);
    }
  }

  data(stream: number, bytes: Uint8Array, from: number, to: number, endStream: boolean): void {
    this.#head(to - from, FRAME.data, endStream ? FLAG.endStream : 0, stream);
    this.#bytes.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), this.#at);
    this.#at += to - from;
  }

  /** The nine octets of RFC 9113 section 4.1, and room for what comes after them. */
  #head(length: number, type: number, flags: number, stream: number): void {
    this.#make(FRAME_HEAD + length);
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

  #word(value: number): void {
    this.#at = this.#bytes.writeUInt32BE(value, this.#at);
  }

  #make(room: number): void {
    if (this.#at + room <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at + room));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
