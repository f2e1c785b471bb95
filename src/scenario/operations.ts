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

/** What an operation does, as a sentence without a period. Undefined for patterns and unknown operations. */
export function aboutOperation(name: string): string | undefined {
  const row = OPERATIONS.find((operation) => operation.name === name);
  // A service is loaded with its first request, so that every operation in a report of this process has a text.
  return row?.service.service.value?.operations.find((operation) => operation.name === name)?.about;
}
