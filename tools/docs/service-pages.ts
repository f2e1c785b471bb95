import { shownDuration } from '../../src/core/duration.ts';
import type { FieldGroup } from '../../src/engine/fields.ts';
import type { ErrorTable, Operation, Service } from '../../src/engine/service.ts';
import type { BehaviorSetting, BehaviorTable } from '../../src/organization/behavior.ts';
import { code, sourceLink, table } from './markdown.ts';

interface OperationRow {
  readonly operation: Operation;
  /** v1 of Apps and Books offers the same operation under several paths. */
  readonly requests: string[];
}

/** One row for each operation name, then the errors that every operation of an authentication scheme can return. */
export function operationTable(operations: readonly Operation[]): string {
  const byName = new Map<string, OperationRow>();
  for (const operation of operations) {
    const { name, about, methods, path } = operation;
    const key = `${name} ${about}`;
    const row = byName.get(key);
    const request = code(`${methods.join(', ')} ${path}`);
    if (row === undefined) byName.set(key, { operation, requests: [request] });
    else row.requests.push(request);
  }
  const rows = [...byName.values()].map(
    ({ operation: { name, about, scheme, errors, source }, requests }) => [
      [code(name), ...requests].join('<br>'),
      about.replace('; denied, as', ', with the same response as'),
      scheme.name,
      errors.map(code).join(' '),
      sourceLink(source),
    ],
  );
  return [
    table(['operation and request', 'does', 'credential', 'errors of its own', 'source'], rows),
    ...schemeErrors(operations),
  ].join('\n\n');
}

/** One sentence for each set of errors that authentication schemes share. */
function schemeErrors(operations: readonly Operation[]): readonly string[] {
  const schemes = new Map(operations.map(({ scheme }) => [scheme.name, scheme.errors ?? []]));
  const namesByErrors = new Map<string, string[]>();
  for (const [name, errors] of schemes) {
    const listed = errors.map(code).join(' ');
    if (listed !== '') namesByErrors.set(listed, [...(namesByErrors.get(listed) ?? []), name]);
  }
  return [...namesByErrors].map(
    ([errors, names]) =>
      `Every request with the credential \`${names.join('` or `')}\` can also return these errors: ${errors}.`,
  );
}

/** The errors of a service, by the name that faults use for them. */
export function errorTable(errors: ErrorTable, isListed: (name: string) => boolean = () => true): string {
  const rows = Object.entries(errors)
    .filter(([name]) => isListed(name))
    .map(([name, { status, body, when, source }]) => [
      code(name),
      String(status),
      when,
      body === '' || body === name ? '' : code(body),
      sourceLink(source),
    ]);
  const hasBodies = rows.some(([, , , body]) => body !== '');
  return table(
    ['error', 'status', 'when', ...(hasBodies ? ['body, if it is not the name'] : []), 'source'],
    hasBodies ? rows : rows.map(([name, status, when, , source]) => [name!, status!, when!, source!]),
  );
}

const DIRECTIONS = { sent: 'sent', received: 'received', both: 'both' } as const;

/** Every field of a service, its place in the request or response, and its first protocol version. */
export function fieldTable(groups: Readonly<Record<string, FieldGroup>>, withVersions: boolean): string {
  const rows = Object.values(groups).flatMap(({ fields, places }) => {
    const at = [...new Set(places.map((place) => place.at))].map(code).join(' ');
    const operations = [...new Set(places.map((place) => place.operation))].map(code).join(' ');
    return fields.map(({ name, type, since, direction, personal }) => [
      code(name),
      type,
      ...(withVersions ? [String(since)] : []),
      DIRECTIONS[direction],
      personal,
      `${operations}<br>${at}`,
    ]);
  });
  return table(
    [
      'field',
      'type',
      ...(withVersions ? ['since version'] : []),
      'direction',
      'personal data',
      'operations and location',
    ],
    rows,
  );
}

function valuesOf(setting: BehaviorSetting): string {
  switch (setting.kind) {
    case 'duration':
      return `**${shownDuration(setting.default)}**`;
    case 'choice':
      return setting.words.map((word) => (word === setting.default ? `**${word}**` : word)).join(', ');
    case 'text_list':
      return `**[${setting.default.join(', ')}]**`;
    case 'integer':
    case 'flag':
    case 'text':
      return `**${setting.default}**`;
  }
}

/** The behavior settings of a service. */
export function behaviorTable(settings: BehaviorTable): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    code(name),
    valuesOf(setting),
    setting.about,
    sourceLink(setting.source),
  ]);
  return table(['setting', 'values, default in bold', 'decides', 'source'], rows);
}

const APPLE_DOCUMENTATION = /^https:\/\/(developer|support)\.apple\.com\//;

type Sourced = { readonly source: string };

/** How many rows Apple documents, how many are on public record, and how many are our own default. */
function countsBySource(rows: readonly Sourced[]): readonly string[] {
  const documented = rows.filter(({ source }) => APPLE_DOCUMENTATION.test(source)).length;
  const ours = rows.filter(({ source }) => source === 'default').length;
  return [documented, rows.length - documented - ours, ours].map(String);
}

/** Services whose operations share their first word, such as the versions of one API, are counted together. */
function groupsOf(services: readonly Service[]): readonly (readonly Service[])[] {
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const word = service.operations[0]!.name.split('.')[0]!;
    groups.set(word, [...(groups.get(word) ?? []), service]);
  }
  return [...groups.values()];
}

/** How well the tables of each service are documented. */
export function fidelityTable(services: readonly Service[]): string {
  const rows = groupsOf(services).flatMap((group) => {
    const [{ title }] = group as [Service];
    const distinct = new Map<string, Operation>(
      group.flatMap((service) => service.operations.map((operation) => [operation.name, operation])),
    );
    const errors = Object.assign({}, ...group.map((service) => service.errors)) as ErrorTable;
    const settings = group.flatMap(({ behavior = {} }) => Object.values(behavior));
    return [
      [`${title}: operations`, ...countsBySource([...distinct.values()])],
      [`${title}: errors`, ...countsBySource(Object.values(errors))],
      [`${title}: behavior`, ...countsBySource(settings)],
    ];
  });
  return table(['table', 'documented by Apple', 'on public record', 'our default'], rows);
}

/** A generated table of a service, and the part of a page that holds it. */
export interface ServiceTable {
  readonly page: string;
  readonly part: string;
  readonly text: () => string;
}

/** The tables of a service: operations, errors, behavior settings and fields, each if the service has any. */
export function serviceTables(service: Service): readonly ServiceTable[] {
  const { name, operations, errors, behavior, fields, docs } = service;
  const { page = name, part, errors: listed = () => true, versions = false } = docs ?? {};
  const table = (what: string, text: () => string): ServiceTable => ({
    page,
    part: `${what} table${part === undefined ? '' : ` of ${part}`}`,
    text,
  });
  return [
    table('operation', () => operationTable(operations)),
    ...(listed === 'none' ? [] : [table('error', () => errorTable(errors, listed))]),
    ...(behavior === undefined ? [] : [table('behavior', () => behaviorTable(behavior))]),
    ...(Object.keys(fields).length === 0 ? [] : [table('field', () => fieldTable(fields, versions))]),
  ];
}

/** The page of a service as a whole, for a service without hand-written text. */
export function servicePage(service: Service): string {
  const sections = serviceTables(service).map(({ part, text }) => `## ${part}\n\n${text()}\n`);
  return `# ${service.title}\n\n${service.about}.\n\n${sections.join('\n')}`;
}
