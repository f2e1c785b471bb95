const BEGINNING = 20;
const END = 12;

/** A long name with its beginning and its end: those that are made in one place often differ in the end alone. */
export const bothEnds = (text: string): string =>
  text.length > BEGINNING + 1 + END ? `${text.slice(0, BEGINNING)}…${text.slice(-END)}` : text;
