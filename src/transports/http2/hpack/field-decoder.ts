import { ConnectionError, ERROR_CODE } from '../frames/error-code.ts';
import { DynamicTable, ENTRY_OVERHEAD } from './dynamic-table.ts';
import { huffmanText } from './huffman.ts';
import { STATIC_FIELDS } from './static-table.ts';

/** Of the table, before SETTINGS say anything else: RFC 9113 section 6.5.2. */
const DEFAULT_TABLE_SIZE = 4096;

const NOTHING: Buffer = Buffer.alloc(0);

/** A number that needs more octets after its prefix is none of anything that is here. */
const LONGEST_SHIFT = 21;

/** Reads the blocks of header fields of one connection, each after the one before (RFC 7541). */
export class FieldDecoder {
  /** Names and values of the last block, one after the other. The next block is read into the same array. */
  readonly fields: string[] = [];
  /** What the list of the last block counts, by RFC 9113 section 6.5.2. */
  listSize = 0;

  readonly #table = new DynamicTable(DEFAULT_TABLE_SIZE);
  readonly #largestTable: number;
  readonly #largestList: number;
  #bytes = NOTHING;
  #at = 0;
  #end = 0;
  #count = 0;

  /**
   * @param tableSize as SETTINGS announced it
   * @param largestList fields beyond that are left out of `fields`, while `listSize` counts them
   */
  constructor(tableSize: number, largestList: number) {
    this.#largestTable = Math.max(tableSize, DEFAULT_TABLE_SIZE);
    this.#largestList = largestList;
  }

  /** @throws ConnectionError where the block is none: without it no later one can be read either */
  decode(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.#count = 0;
    this.listSize = 0;
    this.#resizeTable();
    while (this.#at < this.#end) this.#field();
    // All that came with the block would be kept until the next one comes.
    this.#bytes = NOTHING;
    if (this.fields.length !== this.#count) this.fields.length = this.#count;
  }

  /** RFC 7541 section 4.2: at the beginning of a block. */
  #resizeTable(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at]! & 0xe0) === 0x20) {
      const size = this.#integer(0x1f);
      if (size > this.#largestTable) throw wrong(`a table of ${size} bytes is larger than allowed`);
      this.#table.resize(size);
    }
  }

  /** RFC 7541 section 6. */
  #field(): void {
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
      throw wrong('the size of the table changes within a block');
    } else {
      const name = this.#name(0x0f);
      this.#emit(name, this.#text());
    }
  }

  #emit(name: string, value: string): void {
    this.listSize += name.length + value.length + ENTRY_OVERHEAD;
    if (this.listSize > this.#largestList) return;
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
      ? STATIC_FIELDS[this.#known(index) - 1]![0]
      : this.#table.name(this.#known(index) - STATIC_FIELDS.length - 1);
  }

  #valueAt(index: number): string {
    return index <= STATIC_FIELDS.length
      ? STATIC_FIELDS[index - 1]![1]
      : this.#table.value(index - STATIC_FIELDS.length - 1);
  }

  #known(index: number): number {
    if (index < 1 || index > STATIC_FIELDS.length + this.#table.length)
      throw wrong(`there is no field ${index}`);
    return index;
  }

  /** RFC 7541 section 5.1. */
  #integer(mask: number): number {
    let value = this.#octet() & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= LONGEST_SHIFT; shift += 7) {
      const octet = this.#octet();
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
    throw wrong('a number is too large');
  }

  #octet(): number {
    if (this.#at >= this.#end) throw wrong('it ends within a field');
    const octet = this.#bytes[this.#at]!;
    this.#at += 1;
    return octet;
  }

  /** RFC 7541 section 5.2. */
  #text(): string {
    if (this.#at >= this.#end) throw wrong('it ends within a field');
    const isHuffman = (this.#bytes[this.#at]! & 0x80) !== 0;
    const length = this.#integer(0x7f);
    const from = this.#at;
    if (length > this.#end - from) throw wrong('it ends within a field');
    this.#at += length;
    if (!isHuffman) return this.#bytes.toString('latin1', from, this.#at);
    const text = huffmanText(this.#bytes, from, this.#at);
    if (text === undefined) throw wrong('a text is no Huffman code');
    return text;
  }
}

const wrong = (what: string): ConnectionError =>
  new ConnectionError(
    ERROR_CODE.compressionError,
    `the block of header fields cannot be read: ${what} (RFC 7541)`,
  );
