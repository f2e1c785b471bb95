import type { Catalog } from '../engine/catalog.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import { simplePath } from '../engine/matching/simple-path.ts';
import { CATALOG } from '../services/index.ts';
import type { DeclarationDefinition, DeclarationPlace, DeclarationRow } from './declaration.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Finding } from './finding.ts';
import { locationProblem } from './locations.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { readSource } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { type DeclarationFile, declarationSchema } from './schema/declaration.ts';

/** Services of Apple's that a declaration may name before they are served. */
const APPLE_SERVICES = ['dep', 'apns', 'vpp'];

const serviceOf = (operation: string): string => operation.split('.')[0]!;

/** An operation that Apple documents and no service here has is not wrong, but not served yet. */
function isServed(operation: string, catalog: Catalog): boolean {
  if (catalog.matching(operation).length > 0) return true;
  const pattern = operationPattern(operation);
  if (catalog.documented.some((name) => pattern.test(name))) return false;
  const service = serviceOf(operation);
  return (
    !APPLE_SERVICES.includes(service) || catalog.operationNames.some((name) => serviceOf(name) === service)
  );
}

const listOf = (locations: string | readonly string[]): readonly string[] =>
  typeof locations === 'string' ? [locations] : locations;

function placesOf(at: DeclarationFile['rows'][number]['at'], catalog: Catalog): readonly DeclarationPlace[] {
  return Object.entries(at).flatMap(([operation, locations]) =>
    listOf(locations).map((location) => ({ operation, location, served: isServed(operation, catalog) })),
  );
}

/** A declaration as a file says it. */
export const declarationFileOf = ({ name, source, rows }: DeclarationDefinition): object => ({
  name,
  source,
  rows: rows.map(({ usedFor, personalData, places, ...row }) => ({
    ...row,
    used_for: usedFor,
    personal_data: personalData,
    at: Object.fromEntries(
      [...new Set(places.map(({ operation }) => operation))].map((operation) => [
        operation,
        places.filter((place) => place.operation === operation).map(({ location }) => location),
      ]),
    ),
  })),
});

/** What a checked declaration says. */
export function toDeclaration(
  { name, source, rows }: DeclarationFile,
  file: string | undefined,
  catalog: Catalog,
): DeclarationDefinition {
  return {
    name,
    file,
    source,
    rows: rows.map(
      (
        { row, service, item, direction, since, used_for, personal_data, note, at },
        index,
      ): DeclarationRow => ({
        row: String(row ?? index + 1),
        service,
        item,
        direction,
        since,
        usedFor: used_for,
        personalData: personal_data,
        note,
        places: placesOf(at, catalog),
      }),
    ),
  };
}

/** Rows that could never be seen on the wire. */
export function declarationFindings(
  { rows }: DeclarationDefinition,
  path: readonly (string | number)[],
  catalog: Catalog,
): readonly Finding[] {
  return rows.flatMap((row, index) => rowFindings(row, [...path, 'rows', index], catalog));
}

function rowFindings(
  row: DeclarationRow,
  path: readonly (string | number)[],
  catalog: Catalog,
): readonly Finding[] {
  const findings = row.places.flatMap((place) =>
    placeFindings(place, [...path, 'at', place.operation], catalog),
  );
  if (findings.length > 0) return findings;
  const directions = new Set(row.places.map(({ location }) => directionOf(location)));
  const real = directions.size > 1 ? 'both' : [...directions][0];
  if (real === row.direction) return [];
  return [
    {
      path: [...path, 'direction'],
      message: `at these places it is ${real}, not ${row.direction}`,
      hint: 'what stands under $.response is received, all else is sent',
    },
  ];
}

const directionOf = (location: string): 'sent' | 'received' =>
  location.startsWith('$.response') ? 'received' : 'sent';

function placeFindings(
  { operation, location, served }: DeclarationPlace,
  path: readonly (string | number)[],
  catalog: Catalog,
): readonly Finding[] {
  if (!served) return [];
  const operations = catalog.matching(operation).map(({ name }) => name);
  if (operations.length === 0) {
    const hint = didYouMean(operation, catalog.operationNames);
    return [{ path, message: `no operation is named ${JSON.stringify(operation)}`, hint, atKey: true }];
  }
  if (simplePath(location) === undefined) {
    return [
      { path, message: `${location} is no path of names, numbers and *`, hint: 'such as $.body.devices[*]' },
    ];
  }
  const problem = locationProblem(operations, location, catalog);
  return problem === undefined ? [] : [{ path, ...problem }];
}

/** @throws ScenarioError with every problem at its place in the declaration's own file */
export async function readDeclaration(
  file: string,
  text: string,
  catalog: Catalog = CATALOG,
): Promise<DeclarationDefinition> {
  const source = await readSource(file, text);
  const declaration = toDeclaration(await validate(source, declarationSchema), file, catalog);
  const findings = declarationFindings(declaration, [], catalog);
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return declaration;
}

/**
 * Whether a file means to be a declaration, and no scenario: it has rows.
 *
 * @throws ScenarioError where it cannot be read as YAML or JSON at all
 */
export async function meansDeclaration(file: string, text: string): Promise<boolean> {
  const { value } = await readSource(file, text);
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'rows');
}
