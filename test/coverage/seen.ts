import { mkdirSync, writeFileSync } from 'node:fs';
import type { JournalEntry } from '../../src/engine/journal/entry.ts';
import type { SimulatedApple } from '../../src/simulated-apple.ts';
import { COVERED } from './covered.ts';

export const SEEN_FILE = 'build/coverage/operations.json';

/** What the tests made an operation answer. */
export interface Seen {
  readonly tests: string[];
  readonly versions: string[];
  readonly statuses: number[];
  /** Names in the error table. */
  readonly errors: string[];
}

interface Seeing {
  readonly tests: Set<string>;
  readonly versions: Set<string>;
  readonly statuses: Set<number>;
  readonly errors: Set<string>;
}

const seen = new Map<string, Seeing>();
let title = '';

export function nowTesting(test: string): void {
  title = test;
}

function seeingOf(operation: string): Seeing {
  let seeing = seen.get(operation);
  if (seeing === undefined) {
    seeing = { tests: new Set(), versions: new Set(), statuses: new Set(), errors: new Set() };
    seen.set(operation, seeing);
  }
  return seeing;
}

function note({ operation, request, response }: JournalEntry): void {
  if (operation === undefined || response === undefined) return;
  const covered = COVERED[operation.split('.')[0]!];
  const seeing = seeingOf(operation);
  seeing.tests.add(title);
  seeing.statuses.add(response.status);
  if (covered === undefined) return;
  if (covered.versions !== undefined) seeing.versions.add(request.headers[covered.versions.header] ?? 'none');
  if (response.status < 400 || response.body.kind !== 'whole') return;
  const { bytes } = response.body;
  for (const name of covered.errorsOf(response.status, typeof bytes === 'string' ? bytes : ''))
    seeing.errors.add(name);
}

/** Notes what the operations of a simulated Apple are asked and answer, from its journal. */
export function watch(apple: SimulatedApple): void {
  apple.journal.onEntry(note);
}

export function writeSeen(): void {
  if (seen.size === 0) return;
  const plain = Object.fromEntries(
    [...seen].map(([operation, { tests, versions, statuses, errors }]) => [
      operation,
      { tests: [...tests], versions: [...versions], statuses: [...statuses], errors: [...errors] },
    ]),
  );
  mkdirSync('build/coverage', { recursive: true });
  writeFileSync(SEEN_FILE, JSON.stringify(plain, undefined, 1));
}
