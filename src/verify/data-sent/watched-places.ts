import type { Catalog } from '../../engine/catalog.ts';
import { operationPattern } from '../../engine/faults/operation-pattern.ts';
import type { Field } from '../../engine/fields.ts';
import { EACH, type Step, simplePath } from '../../engine/matching/location.ts';
import type { DeclarationDefinition } from '../../scenario/verification.ts';

/** A place of a row in the exchanges of one operation. */
export interface WatchedPlace {
  /** Index of the row in the declaration. */
  readonly row: number;
  readonly steps: readonly Step[];
  readonly field: Field | undefined;
  /** Name of a received value as it appears in the text of a response. */
  readonly needle: string | undefined;
}

/** A tree of steps below a body or query. `all`: a row declares the value and everything below it. */
export interface Declared {
  readonly all: boolean;
  readonly below: ReadonlyMap<Step, Declared>;
}

/** The places that a declaration has in the exchanges of one operation. */
export interface WatchedPlaces {
  readonly sent: readonly WatchedPlace[];
  readonly received: readonly WatchedPlace[];
  readonly declaredBody: Declared;
  readonly declaredQuery: Declared;
  /** Headers with fields of the catalog that no row declares. */
  readonly undeclaredHeaders: readonly string[];
  readonly undeclaredPath: boolean;
}

interface MutableDeclared {
  all: boolean;
  readonly below: Map<Step, MutableDeclared>;
}

const nothingDeclared = (): MutableDeclared => ({ all: false, below: new Map() });

function declare(root: MutableDeclared, steps: readonly Step[]): void {
  let node = root;
  for (const step of steps) {
    const key = typeof step === 'number' ? EACH : step;
    let next = node.below.get(key);
    if (next === undefined) {
      next = nothingDeclared();
      node.below.set(key, next);
    }
    node = next;
  }
  node.all = true;
}

const NONE: readonly string[] = [];

/** Headers with fields of the catalog that are sent. */
function headersOf(operation: string, catalog: Catalog): readonly string[] {
  const names = catalog.groupsOf(operation).flatMap(({ at, fields }) => {
    if (at[0] !== 'headers') return NONE;
    return typeof at[1] === 'string'
      ? [at[1]]
      : fields.filter(({ direction }) => direction !== 'received').map(({ name }) => name);
  });
  return [...new Set(names)];
}

/** Without an operation, everything that a request sent is undeclared. */
export function watchedPlaces(
  declaration: DeclarationDefinition,
  operation: string | undefined,
  catalog: Catalog,
): WatchedPlaces {
  const sent: WatchedPlace[] = [];
  const received: WatchedPlace[] = [];
  const body = nothingDeclared();
  const query = nothingDeclared();
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
    // A field that is part of the path counts with the path.
    undeclaredPath: !path && known.some(({ at }) => at[0] === 'path' || at[0] === 'parameters'),
  };
}
