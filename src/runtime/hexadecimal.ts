const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const pair = (byte: number): string => PAIRS[byte & 0xff]!;

/** Eight digits of a word of 32 bits, in lower case. By a table: it stands on the way of every push. */
export const wordHex = (word: number): string =>
  pair(word >>> 24) + pair(word >>> 16) + pair(word >>> 8) + pair(word);

/** A UUID (version 4, RFC 9562) of four random words, in lower case. */
export const uuidOfWords = (first: number, second: number, third: number, fourth: number): string =>
  `${wordHex(first)}-${pair(second >>> 24)}${pair(second >>> 16)}-${pair(((second >>> 8) & 0x0f) | 0x40)}${pair(second)}-${pair(((third >>> 24) & 0x3f) | 0x80)}${pair(third >>> 16)}-${pair(third >>> 8)}${pair(third)}${wordHex(fourth)}`;
