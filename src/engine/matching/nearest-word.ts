const plain = (word: string): string => word.toLowerCase().replaceAll('-', '_');

/** Longer texts than this are cut: the distance costs their product. */
const LONGEST = 160;

/** Optimal string alignment: insertions, deletions, substitutions, and exchanges of neighbors. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const exchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (exchanged) cost = Math.min(cost, before[column - 2]! + 1);
      next.push(cost);
    }
    before = last;
    last = next;
  }
  return last[other.length]!;
}

/** The word that was probably meant; undefined where none is near enough. */
export function nearestWord(word: string, among: readonly string[]): string | undefined {
  const asked = plain(word.slice(0, LONGEST));
  let best: string | undefined;
  let least = Math.max(1, Math.floor(asked.length / 3)) + 1;
  for (const candidate of among) {
    const known = plain(candidate.slice(0, LONGEST));
    if (Math.abs(known.length - asked.length) >= least) continue;
    const cost = distance(asked, known);
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}
