import type { Catalog } from '../../engine/catalog.ts';
import type { Field } from '../../engine/fields.ts';
import { valuesIn } from '../../engine/matching/location.ts';
import { EACH, type Step } from '../../engine/matching/simple-path.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import type { DeclarationDefinition } from '../../scenario/declaration.ts';
import { maskedSample } from './masked-sample.ts';
import type { RowEvidence, UndeclaredValue } from './report.ts';
import { type Declared, type WatchedPlace, type WatchedPlaces, watchedPlaces } from './watched-places.ts';

/** Different places that are remembered; nobody reads more. */
const MOST_UNDECLARED = 1000;
/** Members of one request that are looked at. */
const MOST_MEMBERS = 100_000;
const DEEPEST = 32;
const LONGEST_NAME = 60;

const NOT_AN_OPERATION = 'no operation';

interface RowState {
  sent: number;
  received: number;
  /** The exchange that was counted last: several places of a row in one exchange are one. */
  sentIn: number;
  receivedIn: number;
  readonly operations: Set<string>;
  sample: string | undefined;
}

/** What a run sends and receives, by the rows of a declaration. Its memory is bounded by the declaration, not by the run. */
export class Collector {
  readonly #declaration: DeclarationDefinition;
  readonly #catalog: Catalog;
  readonly #rows: readonly RowState[];
  readonly #watched = new Map<string | undefined, WatchedPlaces>();
  readonly #undeclared = new Map<
    string,
    { -readonly [Name in keyof UndeclaredValue]: UndeclaredValue[Name] }
  >();
  #overflow: string | undefined;
  #looked = 0;

  constructor(declaration: DeclarationDefinition, catalog: Catalog) {
    this.#declaration = declaration;
    this.#catalog = catalog;
    this.#rows = declaration.rows.map(() => ({
      sent: 0,
      received: 0,
      sentIn: 0,
      receivedIn: 0,
      operations: new Set(),
      sample: undefined,
    }));
  }

  get rows(): readonly RowEvidence[] {
    return this.#rows.map(({ sent, received, operations, sample }) => ({
      sent,
      received,
      operations: [...operations],
      sample,
    }));
  }

  get undeclared(): readonly UndeclaredValue[] {
    return [...this.#undeclared.values()];
  }

  /** What could not be kept or looked at; undefined where all was. */
  get overflow(): string | undefined {
    return this.#overflow;
  }

  see(exchanged: ObservedExchange): void {
    const { operation } = exchanged;
    let watched = this.#watched.get(operation);
    if (watched === undefined) {
      watched = watchedPlaces(this.#declaration, operation, this.#catalog);
      this.#watched.set(operation, watched);
    }
    this.#declared(exchanged, watched);
    if (exchanged.partial) this.#overflow ??= `exchange #${exchanged.seq} is known in part only`;
    this.#stray(exchanged, watched);
  }

  #declared({ seq, view, operation, answerText }: ObservedExchange, { sent, received }: WatchedPlaces): void {
    for (const place of sent) {
      const values = valuesIn(view, place.steps);
      if (values.length === 0 || values[0] === null) continue;
      const state = this.#rows[place.row]!;
      if (state.sentIn !== seq) state.sent += 1;
      state.sentIn = seq;
      note(state, place, operation!, values);
    }
    if (answerText === undefined) return;
    for (const place of received) {
      const state = this.#rows[place.row]!;
      // The text tells at once whether the answer has a member of that name: answers are large, and most need
      // no parsing once a row has its sample.
      if (place.needle !== undefined && !answerText.includes(place.needle)) continue;
      if (state.sample === undefined || place.needle === undefined) {
        const values = valuesIn(view, place.steps).filter((value) => value !== null);
        if (values.length === 0) continue;
        note(state, place, operation!, values);
      } else state.operations.add(operation!);
      if (state.receivedIn !== seq) state.received += 1;
      state.receivedIn = seq;
    }
  }

  #stray({ view, operation = NOT_AN_OPERATION, seq }: ObservedExchange, watched: WatchedPlaces): void {
    this.#looked = 0;
    try {
      const { body } = view;
      if (typeof body === 'string') {
        if (!watched.declaredBody.whole) this.#found(operation, ['body'], body);
      } else this.#walk(operation, ['body'], body, watched.declaredBody);
    } catch (error) {
      this.#overflow ??= `exchange #${seq}: ${(error as Error).message}`;
    }
    this.#walk(operation, ['query'], view.query, watched.declaredQuery);
    for (const name of watched.undeclaredHeaders) {
      if (view.headers[name] !== undefined) this.#found(operation, ['headers', name], view.headers[name]);
    }
    if (watched.undeclaredPath) this.#found(operation, ['path'], view.path);
  }

  #walk(operation: string, above: readonly Step[], value: unknown, declared: Declared | undefined): void {
    if (declared?.whole || typeof value !== 'object' || value === null) return;
    if (above.length > DEEPEST)
      throw new RangeError(`values deeper than ${DEEPEST} levels are not looked at`);
    const below = declared?.below;
    if (Array.isArray(value)) {
      const steps: readonly Step[] = [...above, EACH];
      const child = below?.get(EACH);
      if (child?.whole) return;
      let plain: unknown;
      for (const item of value) {
        if (typeof item === 'object' && item !== null) {
          this.#count();
          this.#walk(operation, steps, item, child);
        } else plain ??= item;
      }
      if (plain !== undefined) this.#found(operation, steps, plain);
      return;
    }
    for (const name in value) {
      this.#count();
      const child = below?.get(name) ?? below?.get(EACH);
      if (child?.whole) continue;
      const item = (value as Record<string, unknown>)[name];
      if (item === null || item === undefined) continue;
      const steps = [...above, name];
      if (typeof item === 'object') this.#walk(operation, steps, item, child);
      else this.#found(operation, steps, item);
    }
  }

  #count(): void {
    this.#looked += 1;
    if (this.#looked > MOST_MEMBERS) throw new RangeError(`more than ${MOST_MEMBERS} members`);
  }

  #found(operation: string, steps: readonly Step[], value: unknown): void {
    const location = shownPath(steps);
    const key = `${operation} ${location}`;
    const known = this.#undeclared.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.#undeclared.size >= MOST_UNDECLARED) {
      this.#overflow ??= `more than ${MOST_UNDECLARED} different undeclared values were sent`;
      return;
    }
    const field = this.#catalog.fieldNamed(operation, steps);
    const sample = maskedSample(value, field ?? unknownField(steps));
    this.#undeclared.set(key, { operation, location, count: 1, sample, personalData: field?.personal });
  }
}

const SECRET = { name: '', type: 'secret', since: 1, direction: 'sent', personal: 'no' } as const;

/** A header that the catalog does not know by itself may let somebody in. */
const unknownField = ([root]: readonly Step[]): Field | undefined =>
  root === 'headers' ? SECRET : undefined;

function note(
  state: RowState,
  { field, steps }: WatchedPlace,
  operation: string,
  values: readonly unknown[],
): void {
  state.operations.add(operation);
  // A list that was empty at first shows more later.
  if (state.sample !== undefined && state.sample !== '[]') return;
  state.sample = maskedSample(values.length === 1 ? values[0] : values, field ?? unknownField(steps));
}

const PLAIN_NAME = /^[A-Za-z_]\w*$/;

function shownPath(steps: readonly Step[]): string {
  let text = '$';
  for (const step of steps) {
    if (step === EACH) text += '[*]';
    else if (typeof step === 'number') text += `[${step}]`;
    else if (PLAIN_NAME.test(step)) text += `.${step.slice(0, LONGEST_NAME)}`;
    else text += `[${JSON.stringify(step.slice(0, LONGEST_NAME))}]`;
  }
  return text;
}
