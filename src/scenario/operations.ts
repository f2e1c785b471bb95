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

/** The names of all operations. */
export const OPERATION_NAMES: readonly string[] = OPERATIONS.map(({ name }) => name);

/** The operations that match a name or a pattern with `*`. */
export function operationsOf(pattern: string): readonly Named[] {
  const wanted = operationPattern(pattern);
  return OPERATIONS.filter(({ name }) => wanted.test(name));
}
