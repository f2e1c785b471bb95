import { ConnectionError, ERROR_CODE } from '../frames.ts';
import { huffmanText } from './huffman.ts';
import { STATIC_FIELDS } from './static-table.ts';

/** Size of the table until SETTINGS change it: RFC 9113 section 6.5.2. */
const DEFAULT_TABLE_SIZE = 4096;

const EMPTY: Buffer = Buffer.alloc(0);

/** No integer of a valid block needs more octets after its prefix. */
const MAX_SHIFT = 21;

/** Octets that an entry counts in addition to its text: RFC 7541 section 4.1. */
const ENTRY_OVERHEAD = 32;

/** Evicted texts stay in the array until there are this many, then the array is compacted. */
const MAX_EVICTED = 256;

/** The fields that a peer may refer to by index, the latest first (RFC 7541 section 2.3.2). */
class DynamicTable {
  /** Names and values in turn, the oldest first; those before `#first` are evicted. */
  readonly #texts: string[] = [];
  #first = 0;
  #size = 0;
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return (this.#texts.length - this.#first) / 2;
  }

  /** @param index 0 is the latest */
  name(index: number): string {
    return this.#texts[this.#texts.length - 2 - 2 * index]!;
  }

  value(index: number): string {
    return this.#texts[this.#texts.length - 1 - 2 * index]!;
  }

  add(name: string, value: string): void {
    this.#size += name.length + value.length + ENTRY_OVERHEAD;
    this.#texts.push(name, value);
    this.#evict();
  }

  resize(limit: number): void {
    this.#limit = limit;
    this.#evict();
  }

  #evict(): void {
    while (this.#size > this.#limit) {
      this.#size -= this.#texts[this.#first]!.length + this.#texts[this.#first + 1]!.length + ENTRY_OVERHEAD;
      this.#texts[this.#first] = '';
      this.#texts[this.#first + 1] = '';
      this.#first += 2;
    }
    if (this.#first < MAX_EVICTED) return;
    this.#texts.splice(0, this.#first);
    this.#first = 0;
  }
}

/** Decodes the field blocks of one connection, in order (RFC 7541). */
export class FieldDecoder {
  /** Names and values of the last block in turn. The next block is decoded into the same array. */
  readonly fields: string[] = [];
  /** Size of the last field list as RFC 9113 section 6.5.2 counts it. */
  listSize = 0;

  readonly #table = new DynamicTable(DEFAULT_TABLE_SIZE);
  readonly #maxTableSize: number;
  readonly #maxListSize: number;
  #bytes = EMPTY;
  #at = 0;
  #end = 0;
  #count = 0;

  /**
   * @param tableSize SETTINGS_HEADER_TABLE_SIZE as announced
   * @param maxListSize fields beyond it are left out of `fields` but counted in `listSize`
   */
  constructor(tableSize: number, maxListSize: number) {
    this.#maxTableSize = Math.max(tableSize, DEFAULT_TABLE_SIZE);
    this.#maxListSize = maxListSize;
  }

  /** @throws ConnectionError if the block is invalid: no later block of the connection can be decoded then */
  decode(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.#count = 0;
    this.listSize = 0;
    this.#resizeTable();
    while (this.#at < this.#end) this.#decodeField();
    // The chunk that the block came in must not be retained until the next block.
    this.#bytes = EMPTY;
    if (this.fields.length !== this.#count) this.fields.length = this.#count;
  }

  /** Dynamic table size updates, which RFC 7541 section 4.2 allows only at the start of a block. */
  #resizeTable(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at]! & 0xe0) === 0x20) {
      const size = this.#integer(0x1f);
      if (size > this.#maxTableSize)
        throw compressionError(`a table size of ${size} bytes is larger than allowed`);
      this.#table.resize(size);
    }
  }

  /** RFC 7541 section 6. */
  #decodeField(): void {
    const octet = this.#bytes[this.#at]!;
    if ((octet & 0x80) !== 0) {
      const index = this.#integer(0x7f);
      this.#emit(this.#nameAt(index), this.#valueAt(index));
    } else if ((octet & 0x40) !== 0) {
      const name = this.#name(0x3f);
      const value = this.#text();
      this.#table.add(name, value);
      this.#emit(name, value);
    } else if ((octet & 0x20) !== 0) {
      throw compressionError('the table size changes within a block');
    } else {
      const name = this.#name(0x0f);
      this.#emit(name, this.#text());
    }
  }

  #emit(name: string, value: string): void {
    this.listSize += name.length + value.length + ENTRY_OVERHEAD;
    if (this.listSize > this.#maxListSize) return;
    this.fields[this.#count] = name;
    this.fields[this.#count + 1] = value;
    this.#count += 2;
  }

  #name(mask: number): string {
    const index = this.#integer(mask);
    return index === 0 ? this.#text() : this.#nameAt(index);
  }

  #nameAt(index: number): string {
    return index <= STATIC_FIELDS.length
      ? STATIC_FIELDS[this.#checkedIndex(index) - 1]![0]
      : this.#table.name(this.#checkedIndex(index) - STATIC_FIELDS.length - 1);
  }

  #valueAt(index: number): string {
    return index <= STATIC_FIELDS.length
      ? STATIC_FIELDS[index - 1]![1]
      : this.#table.value(index - STATIC_FIELDS.length - 1);
  }

  #checkedIndex(index: number): number {
    if (index < 1 || index > STATIC_FIELDS.length + this.#table.length)
      throw compressionError(`there is no field with index ${index}`);
    return index;
  }

  /** RFC 7541 section 5.1. */
  #integer(mask: number): number {
    let value = this.#octet() & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= MAX_SHIFT; shift += 7) {
      const octet = this.#octet();
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
    throw compressionError('an integer is too large');
  }

  #octet(): number {
    if (this.#at >= this.#end) throw compressionError('the block ends within a field');
    const octet = this.#bytes[this.#at]!;
    this.#at += 1;
    return octet;
  }

  /** RFC 7541 section 5.2. */
  #text(): string {
    if (this.#at >= this.#end) throw compressionError('the block ends within a field');
    const isHuffman = (this.#bytes[this.#at]! & 0x80) !== 0;
    const length = this.#integer(0x7f);
    const from = this.#at;
    if (length > this.#end - from) throw compressionError('the block ends within a field');
    this.#at += length;
    if (!isHuffman) return this.#bytes.toString('latin1', from, this.#at);
    const text = huffmanText(this.#bytes, from, this.#at);
    if (text === undefined) throw compressionError('a string is not a valid Huffman code');
    return text;
  }
}

const compressionError = (problem: string): ConnectionError =>
  new ConnectionError(ERROR_CODE.compressionError, `cannot decode the field block: ${problem} (RFC 7541)`);
