import { operationPattern } from '../engine/faults/operation-pattern.ts';
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
