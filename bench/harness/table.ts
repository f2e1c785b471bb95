import type { Figure, Target } from './comparison.ts';

const DIGITS = { x: 2, '/s': 0, ms: 0, µs: 2, MB: 0, '%': 1 } as const;

function shown(value: number, unit: Figure['unit']): string {
  // Small values need decimals.
  const digits = unit === 'ms' && value < 100 ? 2 : DIGITS[unit];
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '/s' ? `${number}/s` : `${number} ${unit}`;
}

const isMet = (value: number, target: Target): boolean =>
  'atLeast' in target ? value >= target.atLeast : value <= target.atMost;

const shownTarget = (target: Target, unit: Figure['unit']): string =>
  'atLeast' in target ? `>= ${shown(target.atLeast, unit)}` : `<= ${shown(target.atMost, unit)}`;

function cellsOf({ what, value, unit, target, from }: Figure): readonly string[] {
  return [
    what,
    shown(value, unit),
    target === undefined ? '' : shownTarget(target, unit),
    target === undefined ? '' : isMet(value, target) ? 'met' : 'not met',
    from ?? '',
  ];
}

/** The figures as a Markdown table with aligned columns. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [['figure', 'measured', 'target', '', 'from'], ...figures.map(cellsOf)];
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const lineOf = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lineOf(rows[0]!), rule, ...rows.slice(1).map(lineOf), ''].join('\n');
}
