import { base, en, en_US, Faker } from '@faker-js/faker';

const POOL_SIZE = 64;

/** So many different texts of one kind. */
function pool(make: () => string): readonly string[] {
  const texts = new Set<string>();
  while (texts.size < POOL_SIZE) texts.add(make());
  return [...texts];
}

/**
 * E-mail addresses, domains and telephone numbers are of the ranges that RFC 2606 and the North American Numbering
 * Plan reserve for examples, so that none is anybody's.
 */
function fill(): Readonly<Record<string, readonly string[]>> {
  // An instance of its own: the global one is shared with whoever else uses the library.
  const faker = new Faker({ locale: [en_US, en, base], seed: 1 });
  return {
    ORGANIZATION_NAMES: pool(() => faker.company.name()),
    EMAILS: pool(() =>
      faker.internet
        .email({ provider: faker.helpers.arrayElement(['example.com', 'example.org']) })
        .toLowerCase(),
    ),
    PHONE_NUMBERS: pool(() => faker.helpers.fromRegExp('+1 [2-9][0-8][1-9] 555-01[0-9][0-9]')),
    ADDRESSES: pool(() => {
      const state = faker.location.state({ abbreviated: true });
      return `${faker.location.streetAddress()}, ${faker.location.city()}, ${state} ${faker.location.zipCode({ state })}`;
    }),
  };
}

const quoted = (text: string): string => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);

/** Source text of the pools, in the form that the formatter leaves alone. */
export function poolsModule(): string {
  const constants = Object.entries(fill()).map(([name, texts]) =>
    [`export const ${name}: readonly string[] = [`, ...texts.map((text) => `  ${quoted(text)},`), '];'].join(
      '\n',
    ),
  );
  return [
    '// Made by `npm run generate` with @faker-js/faker, once: a program that starts need not load it, and Node and',
    '// browsers pick from the same. Change test/generated/pools.ts instead.',
    '',
    constants.join('\n\n'),
    '',
  ].join('\n');
}
