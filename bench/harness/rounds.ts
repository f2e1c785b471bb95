type Measurement = () => Promise<number>;

export type Measured<Side extends string> = Readonly<Record<Side, readonly number[]>>;

/**
 * One value of each side in each round. Every second round runs in reverse order: neither side always runs after the other.
 */
export async function alternate<Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, Measurement>>,
): Promise<Measured<Side>> {
  const names = Object.keys(sides) as Side[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Side, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) measured[name].push(await sides[name]());
  }
  return measured;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of the ratios within each round: what slows down a complete round cancels out. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / theirs[round]!));
