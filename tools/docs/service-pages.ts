import { BEHAVIOR } from '../../src/services/behavior.ts';
import type { BehaviorKey } from '../../src/services/behavior-setting.ts';
import { BEHAVIOR_TEXTS } from '../../src/services/behavior-texts.ts';
import type { ErrorRow } from '../../src/services/error-row.ts';
import { ERRORS } from '../../src/services/errors.ts';
import type { FieldGroup } from '../../src/services/field.ts';
import { TABLES } from '../../src/services/index.ts';
import type { Operation } from '../../src/services/operation.ts';
import { code, sourceLink, table } from './markdown.ts';

/** The operations of every service. */
const SERVICES = await Promise.all(TABLES.map(({ service }) => service.load()));

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

type ErrorTable = Readonly<Record<string, ErrorRow>>;

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

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds in the form of a scenario file, for example `5m`. */
function durationText(milliseconds: number): string {
  for (const [unit, size] of UNITS) {
    if (milliseconds % size === 0 && milliseconds >= size) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

function valuesOf(key: BehaviorKey): string {
  switch (key.kind) {
    case 'duration':
      return `**${durationText(key.default)}**`;
    case 'choice':
      return key.words.map((word) => (word === key.default ? `**${word}**` : word)).join(', ');
    case 'text_list':
      return `**[${key.default.join(', ')}]**`;
    case 'integer':
    case 'flag':
    case 'text':
      return `**${key.default}**`;
  }
}

/** The behavior settings of a service. */
export function behaviorTable(service: keyof typeof BEHAVIOR): string {
  const keys: Readonly<Record<string, BehaviorKey>> = BEHAVIOR[service];
  const texts: Readonly<Record<string, readonly [about: string, source: string]>> = BEHAVIOR_TEXTS[service];
  const rows = Object.entries(keys).map(([name, key]) => {
    const [about, source] = texts[name]!;
    return [code(name), valuesOf(key), about, sourceLink(source)];
  });
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

const TITLES = {
  dep: 'Device Enrollment',
  apns: 'Push',
  vpp: 'Apps and Books, and metadata',
} as const;

/** How well the tables of each service are documented. */
export function fidelityTable(): string {
  const rows = Object.entries(TITLES).flatMap(([service, title]) => {
    const key = service as keyof typeof TITLES;
    const operations = SERVICES.filter(({ name }) => name === key).flatMap((each) => each.operations);
    const distinct = new Map(operations.map((operation) => [operation.name, operation]));
    const settings = Object.values<readonly [string, string]>(BEHAVIOR_TEXTS[key]);
    return [
      [`${title}: operations`, ...countsBySource([...distinct.values()])],
      [`${title}: errors`, ...countsBySource(Object.values<ErrorRow>(ERRORS[key]))],
      [`${title}: behavior`, ...countsBySource(settings.map(([, source]) => ({ source })))],
    ];
  });
  return table(['table', 'documented by Apple', 'on public record', 'our default'], rows);
}
