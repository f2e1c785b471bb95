const LONGEST = 80;

/** A value on one line, short enough for a sentence. */
export function shownValue(value: unknown): string {
  // Of a large value only the beginning is written out.
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, LONGEST + 1) : value) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
