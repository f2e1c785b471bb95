import type { PersonalData } from '../../engine/fields.ts';
import type { DeclarationDefinition, DeclarationRow } from '../../scenario/declaration.ts';

/** What was seen of a row. */
export interface RowEvidence {
  /** Exchanges in which it was sent, and in which it was received. */
  readonly sent: number;
  readonly received: number;
  readonly operations: readonly string[];
  /** Masked; undefined where it was not seen. */
  readonly sample: string | undefined;
}

/** A value that was sent and that no row declares. */
export interface UndeclaredValue {
  readonly operation: string;
  readonly location: string;
  /** Exchanges in which it was sent. */
  readonly count: number;
  readonly sample: string;
  /** Undefined where the catalog does not know the field. */
  readonly personalData: PersonalData | undefined;
}

/** Whether what a row declares was seen. */
export type RowStatus = 'sent' | 'received' | 'sent and received' | 'not seen' | 'not served yet';

/** A row of a declaration with what was seen of it. */
export interface ReportedRow extends Omit<DeclarationRow, 'places'>, RowEvidence {
  readonly status: RowStatus;
}

/** What was sent against what a declaration declares. */
export interface DataSentReport {
  readonly declaration: string;
  readonly file: string | undefined;
  readonly source: string | undefined;
  readonly rows: readonly ReportedRow[];
  readonly undeclared: readonly UndeclaredValue[];
  /** What could not be kept or looked at. */
  readonly overflow: string | undefined;
}

function statusOf({ places }: DeclarationRow, { sent, received }: RowEvidence): RowStatus {
  if (sent > 0) return received > 0 ? 'sent and received' : 'sent';
  if (received > 0) return 'received';
  return places.some(({ served }) => served) ? 'not seen' : 'not served yet';
}

export function dataSentReport(
  { name, file, source, rows }: DeclarationDefinition,
  evidence: {
    readonly rows: readonly RowEvidence[];
    readonly undeclared: readonly UndeclaredValue[];
    readonly overflow: string | undefined;
  },
): DataSentReport {
  return {
    declaration: name,
    file,
    source,
    rows: rows.map(({ places, ...row }, index) => {
      const seen = evidence.rows[index]!;
      return { ...row, ...seen, status: statusOf({ ...row, places }, seen) };
    }),
    undeclared: evidence.undeclared.toSorted(
      (one, other) => order(one.operation, other.operation) || order(one.location, other.location),
    ),
    overflow: evidence.overflow,
  };
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
