import type { Random } from '../../src/core/random.ts';
import type { ShapeWord } from '../../src/engine/body.ts';
import type { Field, FieldGroup } from '../../src/engine/fields.ts';
import type { Operation } from '../../src/engine/service.ts';
import { SERVICES } from '../../src/services/index.ts';
import { pick, shown, type Vocabulary } from './vocabulary.ts';

const GROUPS: readonly FieldGroup[] = SERVICES.flatMap(({ fields }) => Object.values(fields));

/** Cataloged fields by operation and place. */
const byPlace = new Map<string, Field[]>();
for (const { places, fields } of GROUPS) {
  for (const { operation, at } of places) {
    const key = `${operation} ${at}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), ...fields]);
  }
}

const MAX_ITEMS = 4;

/** Objects without an entry in the catalog. */
const ASSET: readonly RequestField[] = [
  { name: 'adamId', type: 'text' },
  { name: 'pricingParam', type: 'text' },
];

type RequestField = Pick<Field, 'name'> & { readonly type: Field['type'] | ShapeWord };

/** Fields of the catalog and of the operation's body shape; the shape takes precedence. */
function fieldsAt({ name, body }: Operation, at: string): readonly RequestField[] {
  const known: readonly RequestField[] = byPlace.get(`${name} ${at}`) ?? (at.endsWith('[*]') ? ASSET : []);
  if (at !== '$.body' || body === undefined) return known;
  const read = Object.entries(body.shape).map(([member, shape]) => ({
    name: member,
    type: shape as ShapeWord,
  }));
  return [...known.filter((field) => !Object.hasOwn(body.shape, field.name)), ...read];
}

/** Generates bodies, queries and headers: most values have the right type, many are meaningful. */
export class Bodies {
  readonly #random: Random;
  readonly #words: Vocabulary;

  constructor(random: Random, words: Vocabulary) {
    this.#random = random;
    this.#words = words;
  }

  members(operation: Operation, at: string): Record<string, unknown> {
    const fields = fieldsAt(operation, at);
    const members = fields
      .filter(() => this.#random.below(5) > (at === '$.query' ? 3 : 0))
      .map((field) => [field.name, this.#value(field, operation, at)] as const);
    const stray =
      this.#random.below(12) === 0 ? [[shown(this.#words.junk()), this.#words.junk()] as const] : [];
    return Object.fromEntries([...members, ...stray]);
  }

  #value({ name, type }: RequestField, operation: Operation, at: string): unknown {
    const random = this.#random;
    if (random.below(25) === 0) return this.#words.junk();
    switch (type) {
      case 'text':
      case 'secret':
        return this.#words.text(name);
      case 'texts':
        return this.#some(() => this.#words.text(name));
      case 'integers':
        return this.#some(() => Number(this.#words.text(name)));
      case 'integer':
      case 'number':
        return this.#words.learned(name) ?? pick(random, [0, 1, 2, 10, 100, 1000, 361309726]);
      case 'boolean':
        return random.below(2) === 0;
      case 'instant':
      case 'date':
      case 'data':
        return pick(random, ['2026-03-02T08:00:00Z', '2026-03-02', '2020-01-01T00:00:00Z']);
      case 'object':
        return this.members(operation, `${at}.${name}`);
      case 'objects':
        return this.#some(() => this.members(operation, `${at}.${name}[*]`));
      case 'map':
        return { [shown(this.#words.text('serial'))]: this.#words.junk() };
    }
  }

  #some(make: () => unknown): readonly unknown[] {
    const random = this.#random;
    return Array.from({ length: random.below(10) === 0 ? 0 : 1 + random.below(MAX_ITEMS) }, make);
  }
}
