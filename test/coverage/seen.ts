import { mkdirSync, writeFileSync } from 'node:fs';
import { ERRORS, errorRow } from '../../src/catalogue/errors.ts';
import type { Crabapple } from '../../src/crabapple.ts';

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

const WORDS = Object.keys(ERRORS.dep).map((name) => ({ name, row: errorRow('dep', name)! }));

function errorNames(status: number, body: string): readonly string[] {
  const word = body.replace(/^"|"$/g, '');
  return WORDS.filter(({ row }) => row.status === status && row.body === word && status >= 400).map(
    ({ name }) => name,
  );
}

/** Notes what the operations of a simulated Apple are asked and answer, from its journal. */
export function watch(apple: Crabapple): void {
  apple.journal.onEntry(({ operation, request, response }) => {
    if (operation === undefined || response === undefined) return;
    let seeing = seen.get(operation);
    if (seeing === undefined) {
      seeing = { tests: new Set(), versions: new Set(), statuses: new Set(), errors: new Set() };
      seen.set(operation, seeing);
    }
    seeing.tests.add(title);
    seeing.versions.add(request.headers['x-server-protocol-version'] ?? 'none');
    seeing.statuses.add(response.status);
    if (response.body.kind !== 'whole') return;
    const text = typeof response.body.bytes === 'string' ? response.body.bytes : '';
    for (const name of errorNames(response.status, text)) seeing.errors.add(name);
  });
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
