import { ConnectionError, ERROR_CODE } from './frames/error-code.ts';
import { FLAG } from './frames/frame.ts';
import { afterPadLength, afterPriority, protocolError, withoutPadding } from './frames/payload.ts';
import type { FieldDecoder } from './hpack/field-decoder.ts';
import { Temporary, type Underway } from './underway.ts';

const LONGEST = 128 * 1024;
const MOST_FRAMES = 64;

/** Told when the fields of a block are in the decoder. */
export type TakeFields = (stream: number, endStream: boolean) => void;

/** A block of which more is to come. */
class UnfinishedBlock extends Temporary {
  readonly stream: number;
  readonly endStream: boolean;
  readonly #late: () => void;
  readonly #parts: Buffer[] = [];
  #length = 0;

  constructor(stream: number, endStream: boolean, late: () => void) {
    super();
    this.stream = stream;
    this.endStream = endStream;
    this.#late = late;
  }

  add(bytes: Buffer, from: number, to: number): void {
    this.#length += to - from;
    this.#parts.push(Buffer.from(bytes.subarray(from, to)));
    if (this.#length > LONGEST || this.#parts.length > MOST_FRAMES)
      throw new ConnectionError(ERROR_CODE.enhanceYourCalm, 'a block of header fields is too long');
  }

  whole(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }

  expire(): void {
    this.#late();
  }
}

/** Puts the blocks of header fields together from HEADERS and CONTINUATION (RFC 9113 section 4.3). */
export class HeaderBlocks {
  readonly #decoder: FieldDecoder;
  readonly #underway: Underway;
  readonly #take: TakeFields;
  readonly #late: () => void;
  #unfinished: UnfinishedBlock | undefined;

  /** @param late told of a block that does not come to its end in time */
  constructor(decoder: FieldDecoder, underway: Underway, take: TakeFields, late: () => void) {
    this.#decoder = decoder;
    this.#underway = underway;
    this.#take = take;
    this.#late = late;
  }

  /** The stream of a block of which more is to come: nothing else may come meanwhile. */
  get unfinished(): number | undefined {
    return this.#unfinished?.stream;
  }

  /** @throws ConnectionError */
  headers(flags: number, stream: number, bytes: Buffer, start: number, end: number): void {
    const to = withoutPadding(flags, bytes, start, end);
    const from = afterPriority(flags, stream, bytes, afterPadLength(flags, start), to);
    const endStream = (flags & FLAG.endStream) !== 0;
    if ((flags & FLAG.endHeaders) !== 0) {
      this.#decoder.decode(bytes, from, to);
      this.#take(stream, endStream);
      return;
    }
    this.#unfinished = new UnfinishedBlock(stream, endStream, this.#late);
    this.#underway.add(this.#unfinished);
    this.#unfinished.add(bytes, from, to);
  }

  /** @throws ConnectionError */
  continuation(flags: number, stream: number, bytes: Buffer, from: number, to: number): void {
    const block = this.#unfinished;
    if (block === undefined) throw protocolError(`CONTINUATION on stream ${stream} continues nothing`);
    block.add(bytes, from, to);
    if ((flags & FLAG.endHeaders) === 0) return;
    this.drop();
    const whole = block.whole();
    this.#decoder.decode(whole, 0, whole.length);
    this.#take(stream, block.endStream);
  }

  drop(): void {
    if (this.#unfinished !== undefined) this.#underway.delete(this.#unfinished);
    this.#unfinished = undefined;
  }
}
