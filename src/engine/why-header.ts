const LONGEST = 1000;

/** The reason as a header field value: visible ASCII, one line, of limited length. */
export function whyHeader(why: string): string {
  const plain = why
    .replace(/[“”]/g, '"')
    .replaceAll('…', '...')
    .replace(/[^\x20-\x7e]+/g, '?');
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 3)}...`;
}
