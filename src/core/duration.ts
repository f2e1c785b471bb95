const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const PART = /\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gy;

/** Milliseconds of a duration such as `10m`, `1h30m`, `1h 30m` or `8 d`; undefined where the text is none. */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim();
  let total = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(compact); part !== null; part = PART.exec(compact)) {
    total += Number(part[1]) * UNITS[part[2] as keyof typeof UNITS];
    end = PART.lastIndex;
  }
  return end > 0 && end === compact.length && Number.isSafeInteger(Math.round(total))
    ? Math.round(total)
    : undefined;
}

const UNITS_SHOWN = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds as scenario files write them: `10m`, `24h`, `1500ms`. */
export function shownDuration(milliseconds: number): string {
  for (const [unit, size] of UNITS_SHOWN) {
    if (milliseconds % size === 0 && milliseconds >= size) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
