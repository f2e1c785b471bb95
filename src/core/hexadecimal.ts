const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const pair = (byte: number): string => PAIRS[byte & 0xff]!;

/** Eight digits of a word of 32 bits, in lower case. By a table: it stands on the way of every push. */
export const wordHex = (word: number): string =>
  pair(word >>> 24) + pair(word >>> 16) + pair(word >>> 8) + pair(word);

const DIGITS: readonly number[] = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const DASH = '-'.charCodeAt(0);
const DASHES: readonly number[] = [8, 13, 18, 23];

/** The places of the 32 digits in a UUID of 36 characters. */
const PLACES: readonly number[] = Array.from({ length: 36 }, (_, place) => place).filter(
  (place) => !DASHES.includes(place),
);

/** The UUID that is being made: put together from pieces, one would be a chain of strings. */
const uuid: number[] = new Array<number>(36).fill(DASH);

function placeWord(index: number, word: number): void {
  for (let digit = 0; digit < 8; digit += 1)
    uuid[PLACES[index * 8 + digit]!] = DIGITS[(word >>> (28 - 4 * digit)) & 0xf]!;
}

/** The UUID of four words, in lower case. */
export function uuidText(first: number, second: number, third: number, fourth: number): string {
  placeWord(0, first);
  placeWord(1, second);
  placeWord(2, third);
  placeWord(3, fourth);
  return String.fromCharCode.apply(undefined, uuid);
}

/** A UUID (version 4, RFC 9562) of four random words, in lower case. */
export const uuidOfWords = (first: number, second: number, third: number, fourth: number): string =>
  uuidText(first, (second & 0xffff0fff) | 0x4000, (third & 0x3fffffff) | 0x80000000, fourth);

const LOWER = 0x10;
const UPPER = 0x20;
const NO_DIGIT = 0x40;

/** Of each character of ASCII: the value of the digit, and above it the case of a letter. */
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
DIGITS.forEach((code, value) => {
  VALUES[code] = value < 10 ? value : value | LOWER;
  if (value >= 10) VALUES[code - 0x20] = value | UPPER;
});

/**
 * Writes the 16 bytes of a UUID.
 *
 * @returns the case of its letters; undefined for text that is none in one case: what was written means nothing then
 */
export function writeUuid(text: string, bytes: DataView, offset: number): 'lower' | 'upper' | undefined {
  if (text.length !== 36) return undefined;
  let seen = 0;
  for (const place of DASHES) if (text.charCodeAt(place) !== DASH) seen |= NO_DIGIT;
  for (let index = 0; index < 4; index += 1) {
    let word = 0;
    for (let digit = 0; digit < 8; digit += 1) {
      const code = text.charCodeAt(PLACES[index * 8 + digit]!);
      const value = code < 128 ? VALUES[code]! : NO_DIGIT;
      seen |= value & 0xf0;
      word = (word << 4) | (value & 0xf);
    }
    bytes.setUint32(offset + index * 4, word);
  }
  if (seen === UPPER) return 'upper';
  return seen === LOWER || seen === 0 ? 'lower' : undefined;
}

/** The UUID of 16 bytes, in lower case. */
export const readUuid = (bytes: DataView, offset: number): string =>
  uuidText(
    bytes.getUint32(offset),
    bytes.getUint32(offset + 4),
    bytes.getUint32(offset + 8),
    bytes.getUint32(offset + 12),
  );
