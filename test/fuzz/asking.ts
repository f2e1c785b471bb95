import type { Random } from '../../src/core/random.ts';
import type { ShapeWord } from '../../src/engine/body.ts';
import type { Field, FieldGroup } from '../../src/engine/fields.ts';
import type { Operation } from '../../src/engine/service.ts';
import { SERVICES } from '../../src/services/index.ts';
import { pick, shown, type Vocabulary } from './vocabulary.ts';

const GROUPS: readonly FieldGroup[] = SERVICES.flatMap(({ fields }) => Object.values(fields));

/** Fields that the catalog knows at a place of an operation. */
const byPlace = new Map<string, Field[]>();
for (const { places, fields } of GROUPS) {
  for (const { operation, at } of places) {
    const key = `${operation} ${at}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), ...fields]);
  }
}

const MOST_ITEMS = 4;

/** Objects of which the catalog knows no place of their own. */
const ASSET: readonly Asked[] = [
  { name: 'adamId', type: 'text' },
  { name: 'pricingParam', type: 'text' },
];

type Asked = Pick<Field, 'name'> & { readonly type: Field['type'] | ShapeWord };

/** What the operation reads and what the catalog knows; where they differ, it is the former that counts. */
function fieldsAt({ name, body }: Operation, at: string): readonly Asked[] {
  const known: readonly Asked[] = byPlace.get(`${name} ${at}`) ?? (at.endsWith('[*]') ? ASSET : []);
  if (at !== '$.body' || body === undefined) return known;
  const read = Object.entries(body.shape).map(([member, shape]) => ({
    name: member,
    type: shape as ShapeWord,
  }));
  return [...known.filter((field) => !Object.hasOwn(body.shape, field.name)), ...read];
}

/** Makes up what may stand at a place, mostly of the right type and often of the right meaning. */
export class Asking {
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

  #value({ name, type }: Asked, operation: Operation, at: string): unknown {
    const { below } = this.#random;
    if (below(25) === 0) return this.#words.junk();
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
        return this.#words.told(name) ?? pick(this.#random, [0, 1, 2, 10, 100, 1000, 361309726]);
      case 'boolean':
        return below(2) === 0;
      case 'instant':
      case 'date':
      case 'data':
        return pick(this.#random, ['2026-03-02T08:00:00Z', '2026-03-02', '2020-01-01T00:00:00Z']);
      case 'object':
        return this.members(operation, `${at}.${name}`);
      case 'objects':
        return this.#some(() => this.members(operation, `${at}.${name}[*]`));
      case 'map':
        return { [shown(this.#words.text('serial'))]: this.#words.junk() };
    }
  }

  #some(make: () => unknown): readonly unknown[] {
    const { below } = this.#random;
    return Array.from({ length: below(10) === 0 ? 0 : 1 + below(MOST_ITEMS) }, make);
  }
}
