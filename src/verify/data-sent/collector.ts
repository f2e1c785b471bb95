import type { Catalog } from '../../engine/catalog.ts';
import type { Field } from '../../engine/fields.ts';
import { EACH, type Step, valuesIn } from '../../engine/matching/location.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import type { DeclarationDefinition } from '../../scenario/verification.ts';
import type { RowEvidence, UndeclaredValue } from './tracker.ts';
import { type Declared, type WatchedPlace, type WatchedPlaces, watchedPlaces } from './watched-places.ts';

/** Limit of the different undeclared places. */
const MOST_UNDECLARED = 1000;
/** Limit of the members of one request. */
const MOST_MEMBERS = 100_000;
const DEEPEST = 32;
const LONGEST_NAME = 60;

const NOT_AN_OPERATION = 'no operation';

interface RowState {
  sent: number;
  received: number;
  /** The exchange that was counted last. Several places of a row in one exchange count once. */
  sentIn: number;
  receivedIn: number;
  readonly operations: Set<string>;
  sample: string | undefined;
}

/** Counts the values that a run sends and receives, by the rows of a declaration. The declaration bounds its memory. */
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

  /** Why the data is incomplete; undefined if it is complete. */
  get overflow(): string | undefined {
    return this.#overflow;
  }

  observe(exchange: ObservedExchange): void {
    const { operation } = exchange;
    let watched = this.#watched.get(operation);
    if (watched === undefined) {
      watched = watchedPlaces(this.#declaration, operation, this.#catalog);
      this.#watched.set(operation, watched);
    }
    this.#declared(exchange, watched);
    if (exchange.partial) this.#overflow ??= `the journal has only a part of exchange #${exchange.seq}`;
    this.#undeclaredIn(exchange, watched);
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
      // Searching the text is faster than parsing a large response, and suffices once the row has a sample.
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

  #undeclaredIn({ view, operation = NOT_AN_OPERATION, seq }: ObservedExchange, watched: WatchedPlaces): void {
    this.#looked = 0;
    try {
      const { body } = view;
      if (typeof body === 'string') {
        if (!watched.declaredBody.all) this.#found(operation, ['body'], body);
      } else this.#walk(operation, ['body'], body, watched.declaredBody);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#overflow ??= `exchange #${seq}: ${error.message}`;
    }
    this.#walk(operation, ['query'], view.query, watched.declaredQuery);
    for (const name of watched.undeclaredHeaders) {
      if (view.headers[name] !== undefined) this.#found(operation, ['headers', name], view.headers[name]);
    }
    if (watched.undeclaredPath) this.#found(operation, ['path'], view.path);
  }

  #walk(operation: string, above: readonly Step[], value: unknown, declared: Declared | undefined): void {
    if (declared?.all || typeof value !== 'object' || value === null) return;
    if (above.length > DEEPEST) throw new RangeError(`the body has more than ${DEEPEST} levels`);
    const below = declared?.below;
    if (Array.isArray(value)) {
      const steps: readonly Step[] = [...above, EACH];
      const child = below?.get(EACH);
      if (child?.all) return;
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
      if (child?.all) continue;
      const item = (value as Record<string, unknown>)[name];
      if (item === null || item === undefined) continue;
      const steps = [...above, name];
      if (typeof item === 'object') this.#walk(operation, steps, item, child);
      else this.#found(operation, steps, item);
    }
  }

  #count(): void {
    this.#looked += 1;
    if (this.#looked > MOST_MEMBERS) throw new RangeError(`the body has more than ${MOST_MEMBERS} members`);
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

/** A header that is not in the field catalog may be a credential. */
const unknownField = ([root]: readonly Step[]): Field | undefined =>
  root === 'headers' ? SECRET : undefined;

function note(
  state: RowState,
  { field, steps }: WatchedPlace,
  operation: string,
  values: readonly unknown[],
): void {
  state.operations.add(operation);
  // Replaces the sample of an empty list.
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

const MASK = '••••••';
const SHOWN = 3;
const LONGEST = 40;

/**
 * A sample of a value that is safe to publish: nothing of a secret, and only the first characters of a value that may
 * identify a person. A value that is not in the field catalog may be personal data.
 */
export function maskedSample(value: unknown, field: Field | undefined): string {
  if (field?.type === 'secret') return MASK;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const more = value.length > 1 ? ` and ${value.length - 1} more` : '';
    return `${maskedSample(value[0], field)}${more}`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.keys(value).length} members}`;
  }
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  const text = String(value ?? '').replace(/\p{Control}/gu, ' ');
  if (text === '') return '(empty)';
  if (field?.personal === 'no') return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const shown = Math.min(SHOWN, Math.floor(text.length / 3));
  return `${[...text.slice(0, SHOWN * 2)].slice(0, shown).join('')}${MASK}`;
}
