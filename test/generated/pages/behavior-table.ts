import { BEHAVIOR } from '../../../src/services/behavior.ts';
import type { BehaviorKey } from '../../../src/services/behavior-setting.ts';
import { BEHAVIOR_TEXTS } from '../../../src/services/behavior-texts.ts';
import { code, sourceLink, table } from './markdown.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds as scenario files write them. */
export function durationText(milliseconds: number): string {
  for (const [unit, size] of UNITS) {
    if (milliseconds % size === 0 && milliseconds >= size) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

function valuesOf(key: BehaviorKey): string {
  switch (key.kind) {
    case 'duration':
      return `**${durationText(key.default)}**`;
    case 'choice':
      return key.words.map((word) => (word === key.default ? `**${word}**` : word)).join(', ');
    case 'text_list':
      return `**[${key.default.join(', ')}]**`;
    case 'integer':
    case 'flag':
    case 'text':
      return `**${key.default}**`;
  }
}

/** Keys under `behavior:` of a scenario, those of one service that are wanted. */
export function behaviorTable(
  service: keyof typeof BEHAVIOR,
  isWanted: (key: BehaviorKey) => boolean = () => true,
): string {
  const keys: Readonly<Record<string, BehaviorKey>> = BEHAVIOR[service];
  const texts: Readonly<Record<string, readonly [about: string, source: string]>> = BEHAVIOR_TEXTS[service];
  const rows = Object.entries(keys)
    .filter(([, key]) => isWanted(key))
    .map(([name, key]) => {
      const [about, source] = texts[name]!;
      return [code(name), valuesOf(key), about, sourceLink(source)];
    });
  return table(['key', 'values, default in bold', 'decides', 'source'], rows);
}
