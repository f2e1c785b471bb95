import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { code, table } from './markdown.ts';

/** What `z.toJSONSchema` writes of our schemas. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Deeper than this, a key is told by what its parent says of itself. */
const DEEPEST = 4;
/** Told on pages of their own: behavior by service, the others with their meaning. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  behavior: 'Its keys stand with [each service](services/dep.md#behavior).',
  faults: '[Faults](faults.md) tells what can stand here.',
  server_faults: '[Faults](faults.md#faults-for-the-server) lists the keys.',
  expect: '[Expectations](expectations.md) tells what can stand here.',
};

function typeOf(schema: Schema): string {
  if (schema.description?.startsWith('An instant')) return 'time';
  if (schema.enum !== undefined) return schema.enum.map((word) => code(String(word))).join(', ');
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.type === 'array') {
    const item = typeOf(schema.items ?? {});
    return item === '' ? 'list' : `list of ${item}`;
  }
  const limits = [
    schema.minimum !== undefined && schema.minimum > -1e9 ? `from ${schema.minimum}` : '',
    schema.maximum !== undefined && schema.maximum < 1e9 ? `to ${schema.maximum}` : '',
  ];
  return [schema.type === 'string' ? 'text' : (schema.type ?? ''), ...limits].filter(Boolean).join(' ');
}

/** Keys below a schema, with those that stand in its lists and alternatives. */
function rowsBelow(schema: Schema, path: string, depth: number): (readonly string[])[] {
  const rows = new Map<string, readonly string[]>();
  const take = (row: readonly string[]): void => {
    if (!rows.has(row[0]!)) rows.set(row[0]!, row);
  };
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    const place = path === '' ? name : `${path}.${name}`;
    const mark = schema.required?.includes(name) ? ', **required**' : '';
    take([code(place), `${typeOf(each)}${mark}`, typeOf(each) === 'time' ? '' : (each.description ?? '')]);
    if (depth < DEEPEST) for (const row of rowsBelow(each, place, depth + 1)) take(row);
  }
  if (schema.items !== undefined) for (const row of rowsBelow(schema.items, `${path}[]`, depth)) take(row);
  for (const each of schema.anyOf ?? []) for (const row of rowsBelow(each, path, depth)) take(row);
  return [...rows.values()];
}

/** Every key of a scenario file, as the schema has it. */
export async function scenarioReference(): Promise<string> {
  const { properties = {}, required } = (await scenarioJsonSchema()) as Schema;
  return Object.entries(properties)
    .map(([name, schema]) => {
      const below = ELSEWHERE[name] === undefined ? rowsBelow(schema, name, 2) : [];
      const about = schema.description === undefined ? '' : `: ${schema.description}`;
      return [
        `## ${name}`,
        `${required?.includes(name) ? '**Required.** ' : ''}${typeOf(schema)}${about}.`,
        ...(ELSEWHERE[name] === undefined ? [] : [ELSEWHERE[name]]),
        ...(below.length === 0 ? [] : [table(['key', 'value', 'means'], below)]),
      ].join('\n\n');
    })
    .join('\n\n');
}
