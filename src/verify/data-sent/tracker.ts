import type { Catalog } from '../../engine/catalog.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import type { DataSentExpectation } from '../../scenario/expectation.ts';
import type { CompiledExpectation, Tracker } from '../tracker.ts';
import { type Outcome, PASSED } from '../verdict.ts';
import { Collector } from './collector.ts';
import { type DataSentReport, dataSentReport, type UndeclaredValue } from './report.ts';

const MOST_NAMED = 5;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

export function compileDataSent(definition: DataSentExpectation, catalog: Catalog): CompiledExpectation {
  const { declaration, undeclared, unseen } = definition;
  const parts = [`what is sent to Apple is declared in "${declaration.name}"`];
  if (undeclared === 'warn') parts.push('anything else is a warning');
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

  see(exchanged: ObservedExchange): void {
    this.#collector.see(exchanged);
  }

  get report(): DataSentReport {
    return dataSentReport(this.#definition.declaration, this.#collector);
  }

  verifier(gap: string | undefined): Outcome {
    const { rows, undeclared, overflow } = this.report;
    const { undeclared: onUndeclared, unseen } = this.#definition;
    const stray =
      undeclared.length === 0
        ? undefined
        : `${counted(undeclared.length, 'value was', 'values were')} sent that no row declares: ${named(undeclared.map(shownValue))}`;
    if (stray !== undefined && onUndeclared === 'fail') return { status: 'failed', reason: stray };
    const warnings = stray === undefined ? [] : [stray];
    const unsure = gap ?? overflow;
    if (unsure !== undefined) return { status: 'unknown', reason: unsure, warnings };
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
