import type { Catalog } from '../../engine/catalog.ts';
import { operationPattern } from '../../engine/faults/operation-pattern.ts';
import type { Field } from '../../engine/fields.ts';
import { EACH, type Step, simplePath } from '../../engine/matching/simple-path.ts';
import type { DeclarationDefinition } from '../../scenario/declaration.ts';

/** One place of a row, in the exchanges of one operation. */
export interface WatchedPlace {
  /** Index of the row in the declaration. */
  readonly row: number;
  readonly steps: readonly Step[];
  readonly field: Field | undefined;
  /** Of a received value: its name as it stands in the text of an answer. */
  readonly needle: string | undefined;
}

/** Steps below a body or query, and whether a row declares what stands there, with all below it. */
export interface Declared {
  readonly whole: boolean;
  readonly below: ReadonlyMap<Step, Declared>;
}

/** What a declaration watches in the exchanges of one operation. */
export interface WatchedPlaces {
  readonly sent: readonly WatchedPlace[];
  readonly received: readonly WatchedPlace[];
  readonly declaredBody: Declared;
  readonly declaredQuery: Declared;
  /** Headers that carry fields of the catalog and that no row declares. */
  readonly undeclaredHeaders: readonly string[];
  readonly undeclaredPath: boolean;
}

interface Growing {
  whole: boolean;
  readonly below: Map<Step, Growing>;
}

const growing = (): Growing => ({ whole: false, below: new Map() });

function declare(root: Growing, steps: readonly Step[]): void {
  let node = root;
  for (const step of steps) {
    const key = typeof step === 'number' ? EACH : step;
    let next = node.below.get(key);
    if (next === undefined) {
      next = growing();
      node.below.set(key, next);
    }
    node = next;
  }
  node.whole = true;
}

const NOWHERE: readonly string[] = [];

/** Headers in which the catalog knows fields that are sent. */
function headersOf(operation: string, catalog: Catalog): readonly string[] {
  const names = catalog.groupsOf(operation).flatMap(({ at, fields }) => {
    if (at[0] !== 'headers') return NOWHERE;
    return typeof at[1] === 'string'
      ? [at[1]]
      : fields.filter(({ direction }) => direction !== 'received').map(({ name }) => name);
  });
  return [...new Set(names)];
}

/** What a declaration watches where a request met no operation: everything that it sent is undeclared. */
export function watchedPlaces(
  declaration: DeclarationDefinition,
  operation: string | undefined,
  catalog: Catalog,
): WatchedPlaces {
  const sent: WatchedPlace[] = [];
  const received: WatchedPlace[] = [];
  const body = growing();
  const query = growing();
  const headers = new Set<string>();
  let path = false;
  declaration.rows.forEach(({ places }, row) => {
    for (const place of places) {
      if (operation === undefined || !operationPattern(place.operation).test(operation)) continue;
      const steps = simplePath(place.location)!;
      const last = steps.at(-1);
      const watched: WatchedPlace = {
        row,
        steps,
        field: catalog.fieldNamed(operation, steps),
        needle: typeof last === 'string' && steps[1] === 'body' ? `${JSON.stringify(last)}:` : undefined,
      };
      if (steps[0] === 'response') received.push(watched);
      else sent.push(watched);
      if (steps[0] === 'body') declare(body, steps.slice(1));
      if (steps[0] === 'query') declare(query, steps.slice(1));
      if (steps[0] === 'headers' && typeof steps[1] === 'string') headers.add(steps[1]);
      if (steps[0] === 'path') path = true;
    }
  });
  const known = operation === undefined ? [] : catalog.groupsOf(operation);
  return {
    sent,
    received,
    declaredBody: body,
    declaredQuery: query,
    undeclaredHeaders: headersOf(operation ?? '', catalog).filter((name) => !headers.has(name)),
    // A field that is a part of the path is looked at with the path.
    undeclaredPath: !path && known.some(({ at }) => at[0] === 'path' || at[0] === 'parameters'),
  };
}
