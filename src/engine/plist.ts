/** Values of an XML property list: https://www.apple.com/DTDs/PropertyList-1.0.dtd */
export type PlistValue =
  | string
  | number
  | boolean
  | Uint8Array
  | Date
  | readonly PlistValue[]
  | { readonly [key: string]: PlistValue };

/** The text is not a property list, or exceeds a limit. */
export class PlistError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlistError';
  }
}

export interface PlistLimits {
  /** Characters of the text. */
  readonly length: number;
  /** Levels of dictionaries and arrays. */
  readonly depth: number;
  /** Elements in total. */
  readonly elements: number;
}

const LIMITS: PlistLimits = { length: 4 * 1024 * 1024, depth: 64, elements: 200_000 };

// Declarations, comments and the document type are skipped. An internal subset, which could define entities, is an error.
const SKIPPED = /(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>)*/y;
const TAG = /<(\/?)([A-Za-z]+)(?:\s[^<>]*?)?(\/?)>/y;
const CHUNK = /[^<]+|<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->/y;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));|&/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML property list.
 *
 * @throws PlistError
 */
export function parsePlist(text: string, limits: PlistLimits = LIMITS): PlistValue {
  if (text.length > limits.length) throw new PlistError(`more than ${limits.length} characters`);
  const reader = new PlistReader(text, limits);
  return reader.document();
}

interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly empty: boolean;
}

class PlistReader {
  readonly #text: string;
  readonly #limits: PlistLimits;
  #position = 0;
  #elements = 0;

  constructor(text: string, limits: PlistLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): PlistValue {
    const root = this.#tag();
    if (root?.name !== 'plist' || root.closes || root.empty) throw this.#error('expected <plist>');
    const value = this.#value(this.#open(), 0);
    this.#close('plist');
    this.#skip();
    if (this.#position < this.#text.length) throw this.#error('text after </plist>');
    return value;
  }

  #error(message: string): PlistError {
    return new PlistError(`${message} at character ${this.#position + 1}`);
  }

  #skip(): void {
    SKIPPED.lastIndex = this.#position;
    SKIPPED.exec(this.#text);
    this.#position = SKIPPED.lastIndex;
  }

  #tag(): Tag | undefined {
    this.#skip();
    TAG.lastIndex = this.#position;
    const match = TAG.exec(this.#text);
    if (match === null) return undefined;
    this.#position = TAG.lastIndex;
    return { name: match[2]!, closes: match[1] === '/', empty: match[3] === '/' };
  }

  #open(): Tag {
    const tag = this.#tag();
    if (tag === undefined || tag.closes) throw this.#error('expected an element');
    return tag;
  }

  #close(name: string): void {
    const tag = this.#tag();
    if (tag?.name !== name || !tag.closes) throw this.#error(`expected </${name}>`);
  }

  /** The character data of an element up to its closing tag. */
  #content({ name, empty }: Tag): string {
    if (empty) return '';
    let content = '';
    for (;;) {
      CHUNK.lastIndex = this.#position;
      const match = CHUNK.exec(this.#text);
      if (match === null) break;
      this.#position = CHUNK.lastIndex;
      const [chunk, literal] = match;
      if (literal !== undefined) content += literal;
      else if (!chunk.startsWith('<')) content += this.#unescaped(chunk);
    }
    TAG.lastIndex = this.#position;
    const match = TAG.exec(this.#text);
    if (match?.[1] !== '/' || match[2] !== name) throw this.#error(`expected </${name}>`);
    this.#position = TAG.lastIndex;
    return content;
  }

  #unescaped(text: string): string {
    if (!text.includes('&')) return text;
    return text.replace(ENTITY, (_, named?: string, decimal?: string, hexadecimal?: string) => {
      if (named !== undefined) return NAMED[named.toLowerCase()]!;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      if (!(code <= 0x10ffff)) throw this.#error('unknown entity');
      return String.fromCodePoint(code);
    });
  }

  #value(tag: Tag, depth: number): PlistValue {
    this.#elements += 1;
    if (this.#elements > this.#limits.elements)
      throw new PlistError(`more than ${this.#limits.elements} elements`);
    switch (tag.name) {
      case 'dict':
        return this.#dictionary(tag, this.#deeper(depth));
      case 'array':
        return this.#array(tag, this.#deeper(depth));
      case 'true':
      case 'false':
        if (this.#content(tag).trim() !== '') throw this.#error(`<${tag.name}> has content`);
        return tag.name === 'true';
      case 'string':
        return this.#content(tag);
      case 'integer':
        return this.#number(this.#content(tag).trim(), /^[+-]?\d{1,20}$/);
      case 'real':
        return this.#number(this.#content(tag).trim(), /^[+-]?(?:\d{1,400}\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i);
      case 'date':
        return this.#date(this.#content(tag).trim());
      case 'data':
        return this.#data(this.#content(tag));
      default:
        throw this.#error(`unknown element <${tag.name}>`);
    }
  }

  #deeper(depth: number): number {
    if (depth >= this.#limits.depth) throw new PlistError(`deeper than ${this.#limits.depth} levels`);
    return depth + 1;
  }

  #dictionary({ empty }: Tag, depth: number): PlistValue {
    // Without a prototype, so that a key `__proto__` is a key like any other.
    const members: Record<string, PlistValue> = Object.create(null);
    if (empty) return members;
    for (;;) {
      const tag = this.#tag();
      if (tag?.name === 'dict' && tag.closes) return members;
      if (tag?.name !== 'key' || tag.closes) throw this.#error('expected <key>');
      const key = this.#content(tag);
      members[key] = this.#value(this.#open(), depth);
    }
  }

  #array({ empty }: Tag, depth: number): PlistValue {
    const items: PlistValue[] = [];
    if (empty) return items;
    for (;;) {
      const tag = this.#tag();
      if (tag === undefined) throw this.#error('expected an element');
      if (tag.closes) {
        if (tag.name !== 'array') throw this.#error('expected </array>');
        return items;
      }
      items.push(this.#value(tag, depth));
    }
  }

  #number(text: string, form: RegExp): number {
    if (!form.test(text)) throw this.#error('not a number');
    return Number(text);
  }

  #date(text: string): Date {
    const date = new Date(text);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || Number.isNaN(date.getTime()))
      throw this.#error('not a date');
    return date;
  }

  #data(text: string): Uint8Array {
    try {
      return Uint8Array.from(atob(text.replace(/\s+/g, '')), (character) => character.charCodeAt(0));
    } catch {
      throw this.#error('not base64');
    }
  }
}
