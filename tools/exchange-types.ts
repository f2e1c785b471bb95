import type { Catalog } from '../src/engine/catalog.ts';
import type { Field, FieldGroup, FieldType } from '../src/engine/fields.ts';

const TYPES: { readonly [Type in FieldType]: string } = {
  text: 'string',
  secret: 'string',
  instant: 'string',
  date: 'string',
  integer: 'number',
  boolean: 'boolean',
  texts: 'readonly string[]',
  object: 'Content',
  objects: 'readonly Content[]',
  map: 'Content',
};

interface NamedGroup extends FieldGroup {
  readonly name: string;
  readonly service: string;
}

const words = (text: string): string =>
  text.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

const groupsOf = ({ services }: Catalog): readonly NamedGroup[] =>
  services.flatMap((service) =>
    Object.entries(service.fields).map(([name, group]) => ({
      ...group,
      service: service.name,
      name: words(service.name) + words(name),
    })),
  );

/** The parts of an exchange that have a type: query, request body and response body. */
const PARTS = { query: '$.query', body: '$.body', answer: '$.response.body' } as const;

type Part = keyof typeof PARTS;

/** The fields at a location and below it. */
interface Tree {
  readonly groups: NamedGroup[];
  readonly members: Map<string, Tree>;
  /** Items of a list, or members by any key. */
  each: { readonly kind: '[*]' | '.*'; readonly inside: Tree } | undefined;
}

const tree = (): Tree => ({ groups: [], members: new Map(), each: undefined });

/** Splits a location: a member's name, `[*]` for the items of a list, `.*` for the members of a map. */
const stepsOf = (at: string): readonly string[] => at.match(/\[\*\]|\.\*|[^$.[]+/g) ?? [];

function below(here: Tree, step: string): Tree {
  if (step === '[*]' || step === '.*') {
    here.each ??= { kind: step, inside: tree() };
    return here.each.inside;
  }
  const known = here.members.get(step) ?? tree();
  here.members.set(step, known);
  return known;
}

/** All fields of an operation at a location and below it. */
function treeAt(all: readonly NamedGroup[], operation: string, place: string): Tree {
  const root = tree();
  const above = stepsOf(place);
  for (const group of all) {
    for (const { operation: whose, at } of group.places) {
      const steps = stepsOf(at);
      if (whose !== operation || !above.every((step, index) => steps[index] === step)) continue;
      steps.slice(above.length).reduce(below, root).groups.push(group);
    }
  }
  return root;
}

const member = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

/** Every member is optional: the MDM decides what it sends, and the protocol version what it receives. */
const optional = (name: string, type: string): string => `readonly ${member(name)}?: ${type} | undefined;`;

const listOf = (type: string): string => `readonly ${/^\w+$/.test(type) ? type : `(${type})`}[]`;

function typeOf({ groups, members, each }: Tree): string {
  if (each !== undefined) {
    const inside = typeOf(each.inside);
    return each.kind === '[*]' ? listOf(inside) : `{ readonly [key: string]: ${inside} }`;
  }
  const known = new Set(groups.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const own = [...members].filter(([name]) => !known.has(name));
  const more = own.map(([name, inside]) => optional(name, typeOf(inside))).join(' ');
  const parts = [...groups.map(({ name }) => name), ...(more === '' ? [] : [`{ ${more} }`])];
  return parts.join(' & ') || 'unknown';
}

/** The type of a field: its known members if there are any, otherwise the type of its table row. */
function fieldType(all: readonly NamedGroup[], { places }: FieldGroup, { name, type }: Field): string {
  for (const { operation, at } of places) {
    const inside = treeAt(all, operation, at).members.get(name);
    if (inside !== undefined) return typeOf(inside);
  }
  return TYPES[type];
}

const DIRECTIONS = {
  sent: 'Sent to Apple',
  received: 'Received from Apple',
  both: 'Sent and received',
} as const;
const FORMS: { readonly [Type in FieldType]?: string } = {
  secret: 'a secret',
  instant: 'an RFC 3339 timestamp',
  date: 'a date such as 2026-03-02',
};
const PERSONAL = {
  no: '',
  maybe: 'may identify a person',
  pseudonym: 'identifies a device or account of one person',
  yes: 'identifies a person',
} as const;

/** The doc comment of a field. */
function aboutField({ type, since, direction, personal }: Field): string {
  const facts = [FORMS[type], since > 1 ? `since protocol version ${since}` : '', PERSONAL[personal]];
  return `${[DIRECTIONS[direction], ...facts].filter(Boolean).join('; ')}.`;
}

const inQuery = ({ places }: FieldGroup): boolean => places.some(({ at }) => at.startsWith(PARTS.query));

function interfaceOf(all: readonly NamedGroup[], group: NamedGroup): string {
  // A query parameter is a string, or a list if it occurs more than once.
  const type = (field: Field): string =>
    inQuery(group) ? 'string | readonly string[]' : fieldType(all, group, field);
  const members = group.fields
    .map((field) => `  /** ${aboutField(field)} */\n  ${optional(field.name, type(field))}\n`)
    .join('');
  const where = [...new Set(group.places.map(({ operation, at }) => `\`${operation}\` ${at}`))];
  const shown = where.length > 3 ? [...where.slice(0, 3), `${where.length - 3} more places`] : where;
  return `/** Fields of ${shown.join(', ')}. */\nexport interface ${group.name} {\n${members}}\n`;
}

const contentOf = (all: readonly NamedGroup[], operation: string): string => {
  const parts = (Object.keys(PARTS) as Part[])
    .map((part) => [part, typeOf(treeAt(all, operation, PARTS[part]))] as const)
    .map(
      ([part, type]) =>
        `    readonly ${part}: ${part === 'query' && type === 'unknown' ? 'Content' : type};\n`,
    );
  return `  readonly '${operation}': {\n${parts.join('')}  };\n`;
};

const isShown = ({ places }: FieldGroup, { operationNames }: Catalog): boolean =>
  places.some(
    ({ operation, at }) =>
      operationNames.includes(operation) &&
      Object.values(PARTS).some(
        (part) => at === part || at.startsWith(`${part}.`) || at.startsWith(`${part}[`),
      ),
  );

/** The source text of `exchange-types.ts`, from the fields and operations of the services. */
export function exchangeTypes(catalog: Catalog): string {
  const all = groupsOf(catalog);
  const operations = [...new Set(catalog.operationNames)];
  return `// Made by \`npm run generate\` from the tables of the catalog: alter those.

/** An object whose members are not documented. */
export interface Content {
  readonly [name: string]: unknown;
}

/** Query, request body and response body of each operation. Members may be missing, and there may be others. */
export interface Exchanges {
${operations.map((operation) => contentOf(all, operation)).join('')}}

${all
  .filter((group) => isShown(group, catalog))
  .map((group) => interfaceOf(all, group))
  .join('\n')}`;
}
