const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const pair = (byte: number): string => PAIRS[byte & 0xff]!;

/** Eight digits of a word of 32 bits, in lower case. By a table: it stands on the way of every push. */
export const wordHex = (word: number): string =>
  pair(word >>> 24) + pair(word >>> 16) + pair(word >>> 8) + pair(word);

const DIGITS: readonly number[] = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const DASH = '-'.charCodeAt(0);
const DASHES: ReadonlySet<number> = new Set([8, 13, 18, 23]);

/** The places of the 32 digits in a UUID of 36 characters. */
const PLACES: readonly number[] = Array.from({ length: 36 }, (_, place) => place).filter(
  (place) => !DASHES.has(place),
);

/** The UUID that is being made: put together from pieces, one would be a chain of strings. */
const uuid: number[] = new Array<number>(36).fill(DASH);

function placeWord(index: number, word: number): void {
  for (let digit = 0; digit < 8; digit += 1)
    uuid[PLACES[index * 8 + digit]!] = DIGITS[(word >>> (28 - 4 * digit)) & 0xf]!;
}

/** A UUID (version 4, RFC 9562) of four random words, in lower case. */
export function uuidOfWords(first: number, second: number, third: number, fourth: number): string {
  placeWord(0, first);
  placeWord(1, (second & 0xffff0fff) | 0x4000);
  placeWord(2, (third & 0x3fffffff) | 0x80000000);
  placeWord(3, fourth);
  return String.fromCharCode.apply(undefined, uuid);
}
