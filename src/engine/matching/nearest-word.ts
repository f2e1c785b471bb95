const plain = (word: string): string => word.toLowerCase().replaceAll('-', '_');

/** Longer texts are cut, because the time grows with the product of the lengths. */
const LONGEST = 160;

/** Optimal string alignment distance: insertions, deletions, substitutions, and swapped neighbors. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1);
      next.push(cost);
    }
    before = last;
    last = next;
  }
  return last[other.length]!;
}

/** The word that was probably meant; undefined if none is near enough. */
export function nearestWord(word: string, among: readonly string[]): string | undefined {
  const given = plain(word.slice(0, LONGEST));
  let best: string | undefined;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of among) {
    const known = plain(candidate.slice(0, LONGEST));
    if (Math.abs(known.length - given.length) >= least) continue;
    const cost = distance(given, known);
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}

/** A hint that names the nearest word, or else all of them. */
export const didYouMean = (word: string, among: readonly string[]): string => {
  const nearest = nearestWord(word, among);
  return nearest === undefined ? `it must be one of ${among.join(', ')}` : `did you mean \`${nearest}\`?`;
};

const START = 20;
const END = 12;

/** Shortens a long name in the middle, because generated names often differ only at the end. */
export const bothEnds = (text: string): string =>
  text.length > START + 1 + END ? `${text.slice(0, START)}…${text.slice(-END)}` : text;
