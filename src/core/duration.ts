const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const PART = /\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gy;

/** Milliseconds of a duration such as `10m`, `1h30m`, `1h 30m` or `8 d`; undefined if the text is not a duration. */
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

/** Milliseconds in the form of a scenario file: `1h30m`. */
export function shownDuration(milliseconds: number): string {
  let left = milliseconds;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNITS[unit];
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return left > 0 || text === '' ? `${text}${left}ms` : text;
}
