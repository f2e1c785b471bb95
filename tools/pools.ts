import { base, en, en_US, Faker } from '@faker-js/faker';

const POOL_SIZE = 64;

/** @returns `POOL_SIZE` different texts */
function pool(make: () => string): readonly string[] {
  const texts = new Set<string>();
  while (texts.size < POOL_SIZE) texts.add(make());
  return [...texts];
}

/**
 * E-mail addresses and telephone numbers come from the ranges that RFC 2606 and the North American Numbering Plan
 * reserve for examples, so none belongs to a real person.
 */
function pools(): Readonly<Record<string, readonly string[]>> {
  // A separate instance: other users of the library share the global one.
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

/** The source text of `src/organization/inventory/pools.ts`, formatted as Biome formats it. */
export function poolsModule(): string {
  const constants = Object.entries(pools()).map(([name, texts]) =>
    [`export const ${name}: readonly string[] = [`, ...texts.map((text) => `  ${quoted(text)},`), '];'].join(
      '\n',
    ),
  );
  return [
    '// Written by `npm run generate` from tools/pools.ts, so that neither Node nor a browser loads @faker-js/faker.',
    '',
    constants.join('\n\n'),
    '',
  ].join('\n');
}
