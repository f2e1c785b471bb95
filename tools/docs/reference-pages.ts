import type { Command, Option } from 'commander';
import { readIncidents } from '../../src/cli/incidents.ts';
import { createProgram } from '../../src/cli/program.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import type { QueryParameter } from '../../src/server/control/query.ts';
import { PREFIX } from '../../src/server/control/route.ts';
import { ROUTES } from '../../src/server/control/routes.ts';
import { code, sourceLink, table } from './markdown.ts';

/** Every command of the command line with its options. */
export const commandReference = async (): Promise<string> =>
  commandSections(await createProgram(), 'crabapple').join('\n\n');

const commandSections = (parent: Command, path: string): readonly string[] =>
  parent.commands.map((command) => commandSection(command, `${path} ${command.name()}`));

function commandSection(command: Command, path: string): string {
  const parameters = command.registeredArguments.map((each) => [code(each.name()), each.description, '', '']);
  const options = command.options.filter(({ hidden }) => !hidden).map(optionRow);
  const text = [`## ${path}`, command.description(), code(`${path} ${command.usage()}`)];
  if (parameters.length + options.length > 0) {
    text.push(table(['parameter or option', 'meaning', 'default', 'variable'], [...parameters, ...options]));
  }
  return [text.join('\n\n'), ...commandSections(command, path)].join('\n\n');
}

function optionRow({ flags, description, defaultValue, argChoices, envVar }: Option): readonly string[] {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map(code).join(', ')}`;
  const preset = defaultValue === undefined ? '' : code(String(defaultValue));
  return [code(flags), description + choices, preset, envVar === undefined ? '' : code(envVar)];
}

/** Every call of the control API. */
export function controlReference(): string {
  const rows = ROUTES.map(({ method, path, about, query, body, response }) => [
    code(`${method} ${path}`),
    about,
    Object.entries(query ?? {})
      .map(parameterText)
      .join('<br>'),
    body === undefined ? '' : code(body.type),
    `${code(String(response.status ?? 200))} ${response.about}${response.type === undefined ? '' : `, ${code(response.type)}`}`,
  ]);
  return table([`below \`${PREFIX}\``, 'does', 'query', 'body', 'response'], rows);
}

function parameterText([name, parameter]: readonly [string, QueryParameter]): string {
  const words = 'words' in parameter ? ` (${parameter.words.join(', ')})` : '';
  return `${code(name)}: ${parameter.about}${words}`;
}

/** The scenarios of `crabapple incidents`. */
export async function incidentTable(): Promise<string> {
  const rows = (await readIncidents()).map(({ name, title, story, goodMdm, threads }) => [
    `[${code(name)}](../scenarios/incidents/${name}.yaml)`,
    title,
    story,
    goodMdm,
    threads.map(sourceLink).join(', '),
  ]);
  return table(['incident', 'title', 'what Apple does', 'a good MDM', 'thread'], rows);
}

/** What `z.toJSONSchema` makes of the scenario schema. */
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

/** Deeper keys are described by the text of their parent. */
const MAX_DEPTH = 4;

/** Keys that have a page of their own. */
const OTHER_PAGES: Readonly<Record<string, string>> = {
  behavior: 'The page of [each service](services/dep.md#behavior) lists its settings.',
  faults: 'See [Faults](faults.md).',
  server_faults: 'See [Faults](faults.md#faults-for-the-server).',
  expect: 'See [Expectations](expectations.md).',
};

/** Every key of a scenario file. */
export async function scenarioReference(): Promise<string> {
  const { properties = {}, required } = (await scenarioJsonSchema()) as Schema;
  return Object.entries(properties)
    .map(([name, schema]) => {
      const otherPage = OTHER_PAGES[name];
      const rows = otherPage === undefined ? keyRows(schema, name, 2) : [];
      const about = schema.description === undefined ? '' : `: ${schema.description}`;
      return [
        `## ${name}`,
        `${required?.includes(name) ? '**Required.** ' : ''}${valueText(schema)}${about}.`,
        ...(otherPage === undefined ? [] : [otherPage]),
        ...(rows.length === 0 ? [] : [table(['key', 'value', 'meaning'], rows)]),
      ].join('\n\n');
    })
    .join('\n\n');
}

/** The keys below a schema, including those in its lists and alternatives. */
function keyRows(schema: Schema, path: string, depth: number): (readonly string[])[] {
  const rows = new Map<string, readonly string[]>();
  const add = (row: readonly string[]): void => {
    if (!rows.has(row[0]!)) rows.set(row[0]!, row);
  };
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    const key = path === '' ? name : `${path}.${name}`;
    const mark = schema.required?.includes(name) ? ', **required**' : '';
    add([code(key), `${valueText(each)}${mark}`, valueText(each) === 'time' ? '' : (each.description ?? '')]);
    if (depth < MAX_DEPTH) for (const row of keyRows(each, key, depth + 1)) add(row);
  }
  if (schema.items !== undefined) for (const row of keyRows(schema.items, `${path}[]`, depth)) add(row);
  for (const each of schema.anyOf ?? []) for (const row of keyRows(each, path, depth)) add(row);
  return [...rows.values()];
}

function valueText(schema: Schema): string {
  if (schema.description?.startsWith('An instant')) return 'time';
  if (schema.enum !== undefined) return schema.enum.map((word) => code(String(word))).join(', ');
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(valueText))].join(' or ');
  if (schema.type === 'array') {
    const item = valueText(schema.items ?? {});
    return item === '' ? 'list' : `list of ${item}`;
  }
  const limits = [
    schema.minimum !== undefined && schema.minimum > -1e9 ? `from ${schema.minimum}` : '',
    schema.maximum !== undefined && schema.maximum < 1e9 ? `to ${schema.maximum}` : '',
  ];
  return [schema.type === 'string' ? 'text' : (schema.type ?? ''), ...limits].filter(Boolean).join(' ');
}
