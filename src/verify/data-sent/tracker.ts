import type { Catalog } from '../../engine/catalog.ts';
import type { PersonalData } from '../../engine/fields.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import type {
  DataSentExpectation,
  DeclarationDefinition,
  DeclarationRow,
} from '../../scenario/verification.ts';
import { counted } from '../explain.ts';
import type { CompiledExpectation, Tracker } from '../tracker.ts';
import { type Outcome, PASSED } from '../verdict.ts';
import { Collector } from './collector.ts';

/** The exchanges in which the data of a row was seen. */
export interface RowEvidence {
  /** Number of exchanges in which it was sent. */
  readonly sent: number;
  /** Number of exchanges in which it was received. */
  readonly received: number;
  readonly operations: readonly string[];
  /** A masked value; undefined if the data was not seen. */
  readonly sample: string | undefined;
}

/** A value that was sent, but is in no row of the declaration. */
export interface UndeclaredValue {
  readonly operation: string;
  readonly location: string;
  /** Number of exchanges. */
  readonly count: number;
  readonly sample: string;
  /** Undefined if the field is not in the field catalog. */
  readonly personalData: PersonalData | undefined;
}

/** Whether the data of a row was seen. */
export type RowStatus = 'sent' | 'received' | 'sent and received' | 'not seen' | 'not served yet';

/** A row of a declaration with its evidence. */
export interface ReportedRow extends Omit<DeclarationRow, 'places'>, RowEvidence {
  readonly status: RowStatus;
}

/** The data that was sent, compared with a declaration. */
export interface DataSentReport {
  readonly declaration: string;
  readonly file: string | undefined;
  readonly source: string | undefined;
  readonly rows: readonly ReportedRow[];
  readonly undeclared: readonly UndeclaredValue[];
  /** Why the data is incomplete; undefined if it is complete. */
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

const MOST_NAMED = 5;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

export function compileDataSent(definition: DataSentExpectation, catalog: Catalog): CompiledExpectation {
  const { declaration, undeclared, unseen } = definition;
  const parts = [`only data that "${declaration.name}" declares is sent to Apple`];
  if (undeclared === 'warn') parts.push('other data is a warning');
  if (unseen === 'fail') parts.push('every row is seen');
  const expected = parts.join('; ');
  return {
    expected,
    name: definition.name ?? expected,
    wants: () => true,
    start: () => new DataSentTracker(definition, catalog),
  };
}

export class DataSentTracker implements Tracker {
  readonly #definition: DataSentExpectation;
  readonly #collector: Collector;

  constructor(definition: DataSentExpectation, catalog: Catalog) {
    this.#definition = definition;
    this.#collector = new Collector(definition.declaration, catalog);
  }

  observe(exchange: ObservedExchange): void {
    this.#collector.observe(exchange);
  }

  get report(): DataSentReport {
    return dataSentReport(this.#definition.declaration, this.#collector);
  }

  outcome(gap: string | undefined): Outcome {
    const { rows, undeclared, overflow } = this.report;
    const { undeclared: onUndeclared, unseen } = this.#definition;
    const undeclaredText =
      undeclared.length === 0
        ? undefined
        : `${counted(undeclared.length, 'value was', 'values were')} sent but not declared: ${named(undeclared.map(shownValue))}`;
    if (undeclaredText !== undefined && onUndeclared === 'fail')
      return { status: 'failed', reason: undeclaredText };
    const warnings = undeclaredText === undefined ? [] : [undeclaredText];
    const incomplete = gap ?? overflow;
    if (incomplete !== undefined) return { status: 'unknown', reason: incomplete, warnings };
    if (undeclared.length === 0 && rows.every(({ sent, received }) => sent + received === 0)) {
      return { status: 'failed', reason: 'nothing was sent or received' };
    }
    const missing = rows.filter(({ status }) => status === 'not seen');
    if (unseen === 'fail' && missing.length > 0) {
      const items = missing.map(({ row, item }) => `${row} (${item})`);
      return {
        status: 'failed',
        reason: `${counted(missing.length, 'row was', 'rows were')} not seen: ${named(items)}`,
        warnings,
      };
    }
    return warnings.length === 0 ? PASSED : { ...PASSED, warnings };
  }
}

const shownValue = ({ operation, location, sample }: UndeclaredValue): string =>
  `${location} of ${operation} (${sample})`;
