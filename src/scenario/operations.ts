import { operationPattern } from '../exchange/faults/operation-pattern.ts';
import { nearestWord } from '../matching/nearest-word.ts';
import { TABLES } from '../services/index.ts';
import type { ServiceTable } from '../services/operation.ts';

interface Named {
  readonly name: string;
  readonly service: ServiceTable;
}

const OPERATIONS: readonly Named[] = TABLES.flatMap((service) =>
  service.rows.map(({ name }) => ({ name, service })),
);

/** Every operation that is served. */
export const OPERATION_NAMES: readonly string[] = OPERATIONS.map(({ name }) => name);

/** The operations that a name, or a pattern with `*`, stands for. */
export function operationsOf(pattern: string): readonly Named[] {
  const wanted = operationPattern(pattern);
  return OPERATIONS.filter(({ name }) => wanted.test(name));
}

export const didYouMean = (word: string, among: readonly string[]): string => {
  const nearest = nearestWord(word, among);
  return nearest === undefined ? `it must be one of ${among.join(', ')}` : `did you mean \`${nearest}\`?`;
};
