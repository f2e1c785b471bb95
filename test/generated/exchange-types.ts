import type { Catalog } from '../../src/engine/catalog.ts';
import type { Field, FieldGroup, FieldType } from '../../src/engine/fields.ts';

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

/** Groups whose objects stand in a place that has a type of its own: query, body, or the body of the answer. */
const PARTS = { query: '$.query', body: '$.body', answer: '$.response.body' } as const;

type Part = keyof typeof PARTS;

/** What stands at a place and below it. */
interface Tree {
  readonly groups: NamedGroup[];
  readonly members: Map<string, Tree>;
  /** Items of a list, or members by any key. */
  each: { readonly kind: '[*]' | '.*'; readonly inside: Tree } | undefined;
}

const tree = (): Tree => ({ groups: [], members: new Map(), each: undefined });

/** A place of the catalog: members by name, `[*]` for the items of a list, `.*` for members by any key. */
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

/** All that stands below a place of an operation. */
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

/** An optional member: what is sent is up to the MDM, and what is received to version and circumstances. */
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

/** What a field holds: where the catalog knows fields below it, those. */
function fieldType(all: readonly NamedGroup[], { places }: FieldGroup, { name, type }: Field): string {
  for (const { operation, at } of places) {
    const inside = treeAt(all, operation, at).members.get(name);
    if (inside !== undefined) return typeOf(inside);
  }
  return TYPES[type];
}

const WAYS = { sent: 'Sent to Apple', received: 'Comes from Apple', both: 'Goes both ways' } as const;
const FORMS: { readonly [Type in FieldType]?: string } = {
  secret: 'a secret',
  instant: 'a time as RFC 3339 writes it',
  date: 'a date as in 2026-03-02',
};
const PERSONAL = {
  no: '',
  maybe: 'may point to a person',
  pseudonym: 'names one person’s device or account',
  yes: 'points to a person',
} as const;

/** What the catalog knows of a field, as one sentence. */
function aboutField({ type, since, direction, personal }: Field): string {
  const facts = [FORMS[type], since > 1 ? `from protocol version ${since} on` : '', PERSONAL[personal]];
  return `${[WAYS[direction], ...facts].filter(Boolean).join('; ')}.`;
}

const inQuery = ({ places }: FieldGroup): boolean => places.some(({ at }) => at.startsWith(PARTS.query));

function interfaceOf(all: readonly NamedGroup[], group: NamedGroup): string {
  // In a query everything is text, and a list where it came more than once.
  const type = (field: Field): string =>
    inQuery(group) ? 'string | readonly string[]' : fieldType(all, group, field);
  const members = group.fields
    .map((field) => `  /** ${aboutField(field)} */\n  ${optional(field.name, type(field))}\n`)
    .join('');
  const where = [...new Set(group.places.map(({ operation, at }) => `\`${operation}\` ${at}`))];
  const shown = where.length > 3 ? [...where.slice(0, 3), `${where.length - 3} more places`] : where;
  return `/** Stands in ${shown.join(', ')}. */\nexport interface ${group.name} {\n${members}}\n`;
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

/** The content of exchanges as types, from the fields and operations of the services. */
export function exchangeTypes(catalog: Catalog): string {
  const all = groupsOf(catalog);
  const operations = [...new Set(catalog.operationNames)];
  return `// Made by \`npm run generate\` from the tables of the catalog: alter those.

/** Members of which the field catalog says nothing. */
export interface Content {
  readonly [name: string]: unknown;
}

/** Query, body and body of the answer of each operation. Members may be missing, and others may be there. */
export interface Exchanges {
${operations.map((operation) => contentOf(all, operation)).join('')}}

${all
  .filter((group) => isShown(group, catalog))
  .map((group) => interfaceOf(all, group))
  .join('\n')}`;
}
