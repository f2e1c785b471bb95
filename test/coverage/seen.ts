import { mkdirSync, writeFileSync } from 'node:fs';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import type { SimulatedApple } from '../../src/simulated-apple.ts';
import { COVERED } from './covered.ts';

export const COVERAGE_FILE = 'build/coverage/operations.json';

/** The tests of an operation and the responses they caused. */
export interface OperationCoverage {
  readonly tests: string[];
  readonly versions: string[];
  readonly statuses: number[];
  /** Names in the error table. */
  readonly errors: string[];
}

interface MutableCoverage {
  readonly tests: Set<string>;
  readonly versions: Set<string>;
  readonly statuses: Set<number>;
  readonly errors: Set<string>;
}

const seen = new Map<string, MutableCoverage>();
let title = '';

export function setCurrentTest(test: string): void {
  title = test;
}

function coverageOf(operation: string): MutableCoverage {
  let entry = seen.get(operation);
  if (entry === undefined) {
    entry = { tests: new Set(), versions: new Set(), statuses: new Set(), errors: new Set() };
    seen.set(operation, entry);
  }
  return entry;
}

function note({ operation, request, response }: JournalEntry): void {
  if (operation === undefined || response === undefined) return;
  const covered = COVERED[operation.split('.')[0]!];
  const entry = coverageOf(operation);
  entry.tests.add(title);
  entry.statuses.add(response.status);
  if (covered === undefined) return;
  if (covered.versions !== undefined) entry.versions.add(request.headers[covered.versions.header] ?? 'none');
  if (response.status < 400 || response.body.kind !== 'whole') return;
  const { bytes } = response.body;
  for (const name of covered.errorsOf(response.status, typeof bytes === 'string' ? bytes : ''))
    entry.errors.add(name);
}

/** Records the exchanges of a simulated Apple from its journal. */
export function watch(apple: SimulatedApple): void {
  apple.journal.onEntry(note);
}

export function writeCoverage(): void {
  if (seen.size === 0) return;
  const plain = Object.fromEntries(
    [...seen].map(([operation, { tests, versions, statuses, errors }]) => [
      operation,
      { tests: [...tests], versions: [...versions], statuses: [...statuses], errors: [...errors] },
    ]),
  );
  mkdirSync('build/coverage', { recursive: true });
  writeFileSync(COVERAGE_FILE, JSON.stringify(plain, undefined, 1));
}
