import type { Random } from '../../src/core/random.ts';

export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[random.below(items.length)]!;

export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : String(JSON.stringify(value));

const JUNK: readonly unknown[] = [
  ...[null, '', ' ', 0, -1, 1.5, 1e308, 2 ** 53, true, false, [], {}, [[]], [null], [{}]],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\ud800',
    '\u00ff',
    'é'.normalize('NFD'),
    '%',
    '%2e%2e',
  ],
  ...['x'.repeat(2000), '9'.repeat(40), 'NaN', '1e9', '2026-02-30', '-0', '../../etc', '{"a":1}', 'Bearer x'],
  ...[{ a: [1, { b: null }] }, ['a', 'a', 1], Array.from({ length: 1100 }, (_, n) => `S${n}`)],
];

/** Typical values by member name, used before a response contains one. */
const TYPICAL_VALUES: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [
    /^apns-(?:id|request-id)$/,
    ['EC1BF194-B3B2-424A-89A9-5A918A6E6B5D', 'ec1bf194-b3b2-424a-89a9-5a918a6e6b5e'],
  ],
  [/^apns-expiration$/, ['0', '1', '1800000000']],
  [/^apns-priority$/, ['10', '5', '1']],
  [/^apns-push-type$/, ['mdm', 'alert', 'background', 'liveactivity']],
  [/policy/, [0, 1]],
  [/^push-type$/, ['LiveActivity']],
  [/adamId/i, ['361309726', '361309727', '361309728', '1']],
  [/clientUser/i, ['anna', 'ben', 'carl', 'dora', 'emil', 'unknown']],
  [/mail|appleId/i, ['anna@acme.example', 'ben@acme.example', 'carl@acme.example']],
  [/url/i, ['https://mdm.acme.example/enroll']],
  [/pricing/i, ['STDQ', 'PLUS']],
  [/^pageIndex$/, ['0', '0', '1']],
];

/** Values kept per member name. */
const MAX_VALUES = 12;
/** Longer response bodies are not read. */
const MAX_BODY = 6000;

/** Values that the server knows: serial numbers of the scenario, and values from its responses. */
export class Vocabulary {
  readonly #random: Random;
  readonly #serials: readonly string[];
  readonly #learned = new Map<string, unknown[]>();

  constructor(random: Random, serials: readonly string[]) {
    this.#random = random;
    this.#serials = serials;
  }

  junk(): unknown {
    return pick(this.#random, JUNK);
  }

  learned(name: string): unknown {
    const values = this.#learned.get(name);
    return values === undefined ? undefined : pick(this.#random, values);
  }

  forget(): void {
    this.#learned.clear();
  }

  /** Keeps the member values of a response body, one level of objects deep. */
  learn(body: string): void {
    if (body.length > MAX_BODY || !body.startsWith('{')) return;
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return;
    }
    for (const [name, member] of Object.entries(value as object)) this.remember(name, member);
  }

  remember(name: string, value: unknown): void {
    if (typeof value === 'object') {
      const [first] = Array.isArray(value) ? value : [];
      if (typeof first !== 'object' || first === null) return;
      for (const [inner, member] of Object.entries(first))
        if (typeof member !== 'object') this.remember(inner, member);
      return;
    }
    const values = this.#learned.get(name) ?? [];
    if (values.length < MAX_VALUES) values.push(value);
    else values[this.#random.below(MAX_VALUES)] = value;
    this.#learned.set(name, values);
  }

  /** A plausible value for a member name. */
  text(name: string): unknown {
    const known = TYPICAL_VALUES.find(([pattern]) => pattern.test(name))?.[1] ?? [];
    const learned = this.#learned.get(name) ?? [];
    const values = learned.length === 0 || this.#random.below(3) === 0 ? known : learned;
    if (values.length > 0) return pick(this.#random, values);
    if (/serial|device/i.test(name)) return pick(this.#random, this.#serials);
    return `word${this.#random.below(50)}`;
  }
}
