import type { Conduct, Operation, OperationRow } from './operation.ts';

/** The rows of a table by what they lead to: a call is found in one place or in several. */
export type TableRows = Readonly<Record<string, OperationRow | readonly OperationRow[]>>;

const listed = (rows: OperationRow | readonly OperationRow[]): readonly OperationRow[] =>
  'name' in rows ? [rows] : rows;

export const rowsOf = (table: TableRows): readonly OperationRow[] => Object.values(table).flatMap(listed);

/** Every row with what it leads to, in the order of the table. */
export function operationsOf<const Table extends TableRows>(
  table: Table,
  conducts: Readonly<Record<keyof Table, Conduct>>,
): readonly Operation[] {
  return Object.entries(table).flatMap(([key, rows]) =>
    listed(rows).map((row) => ({ ...row, ...conducts[key as keyof Table] })),
  );
}
