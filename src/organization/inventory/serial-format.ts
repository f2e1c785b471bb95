/** The symbols of one or several positions of a serial number. All have the same width. */
type Alphabet = readonly string[];

export type SerialFormatName =
  | 'randomized'
  | 'legacy-mac'
  | 'legacy-ipad'
  | 'legacy-iphone'
  | 'legacy-ipod'
  | 'legacy-appletv';

/** A serial format is a mixed-radix numeral system: each value below `size` has one text of `length` characters. */
export interface SerialFormat {
  readonly name: SerialFormatName;
  readonly length: number;
  readonly size: number;
  encode(value: number): string;
  /** Exact upper case only, as Apple matches serial numbers; undefined for any other text. */
  decode(text: string): number | undefined;
}

// Without I and O, which look like 1 and 0. Known from the community, not from Apple. Recorded serial numbers have few
// vowels, so Apple's alphabet may be smaller.
const unambiguous = Array.from('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ');

/** Two positions in one, for half the steps per serial number. */
const pairs = unambiguous.flatMap((first) => unambiguous.map((second) => first + second));

// Half-years from the first of 2015 (P) to the first of 2021 (F): the years in which the older models of our table
// were made. From public knowledge, as are the weeks of a half-year and the factory codes.
const halfYears = Array.from('PQRSTVWXYZCDF');
const weeks = Array.from('123456789CDFGHJKLMNPQRTVWXY');

// No code is in two formats: a serial number would belong to two devices. Real factories made several families (C07 is
// seen on Mac mini too); each code is listed under the family that it is best known for.
const factories = {
  'legacy-mac': ['C02', 'C1M', 'FVF', 'W80'],
  'legacy-ipad': ['DMP', 'DMQ', 'DLX', 'F9F', 'GG7'],
  'legacy-iphone': ['F2L', 'G6T', 'DNP', 'FK1', 'F17', 'C39'],
  'legacy-ipod': ['CCQ', 'F4K', 'DCY'],
  'legacy-appletv': ['DY3', 'C07'],
} satisfies Record<Exclude<SerialFormatName, 'randomized'>, Alphabet>;

export const serialFormats: readonly SerialFormat[] = [
  // Ten characters without a meaning, on models since spring 2021.
  createSerialFormat('randomized', Array<Alphabet>(5).fill(pairs)),
  ...Object.entries(factories).map(([name, codes]) =>
    createSerialFormat(name as keyof typeof factories, [
      codes,
      halfYears,
      weeks,
      unambiguous,
      pairs,
      // On real devices the last four characters name model and configuration; here they only look like it.
      pairs,
      pairs,
    ]),
  ),
];

const formatsByName = new Map(serialFormats.map((format) => [format.name, format]));

export function serialFormatNamed(name: SerialFormatName): SerialFormat {
  return formatsByName.get(name)!;
}

function createSerialFormat(name: SerialFormatName, alphabets: readonly Alphabet[]): SerialFormat {
  const size = alphabets.reduce((product, alphabet) => product * alphabet.length, 1);
  const length = alphabets.reduce((sum, alphabet) => sum + alphabet[0]!.length, 0);
  const digits = alphabets.map((alphabet) => new Map(alphabet.map((symbol, digit) => [symbol, digit])));
  const last = alphabets.length - 1;

  return {
    name,
    length,
    size,
    encode(value) {
      if (!Number.isInteger(value) || value < 0 || value >= size) {
        throw new RangeError(`${value} has no serial number in the format ${name}`);
      }
      let text = '';
      let rest = value;
      for (let place = last; place >= 0; place--) {
        const alphabet = alphabets[place]!;
        // Exact: below 2^52 the rounding of a quotient is smaller than its distance from the next whole number.
        const quotient = Math.floor(rest / alphabet.length);
        text = alphabet[rest - quotient * alphabet.length]! + text;
        rest = quotient;
      }
      return text;
    },
    decode(text) {
      if (text.length !== length) return undefined;
      let value = 0;
      let position = 0;
      for (let place = 0; place <= last; place++) {
        const alphabet = alphabets[place]!;
        const width = alphabet[0]!.length;
        const digit = digits[place]!.get(text.slice(position, position + width));
        if (digit === undefined) return undefined;
        value = value * alphabet.length + digit;
        position += width;
      }
      return value;
    },
  };
}
