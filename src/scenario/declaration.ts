import type { Catalog } from '../engine/catalog.ts';
import { operationPattern } from '../engine/faults/operation-pattern.ts';
import { simplePath } from '../engine/matching/location.ts';
import { didYouMean } from '../engine/matching/nearest-word.ts';
import { CATALOG } from '../services/index.ts';
import { assertNoFindings, type Finding, type Path } from './reading/problem.ts';
import { readSource } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { type DeclarationFile, declarationSchema } from './schema/expectations.ts';
import type { DeclarationDefinition, DeclarationPlace, DeclarationRow } from './verification.ts';
import { locationProblem } from './where-checks.ts';

/** Apple's services that a declaration can name before Crabapple serves them. */
const APPLE_SERVICES = ['dep', 'apns', 'vpp'];

const serviceOf = (operation: string): string => operation.split('.')[0]!;

/** An operation of the field catalog or of Apple's that Crabapple does not serve yet is not an error. */
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

/** A declaration in the form of a declaration file. */
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

/** Converts a validated declaration file. */
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

/** Checks what the schema cannot: that the data of each row can appear in requests or responses. */
export function declarationFindings(
  { rows }: DeclarationDefinition,
  path: Path,
  catalog: Catalog,
): readonly Finding[] {
  return rows.flatMap((row, index) => rowFindings(row, [...path, 'rows', index], catalog));
}

function rowFindings(row: DeclarationRow, path: Path, catalog: Catalog): readonly Finding[] {
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
      message: `the places of this row are ${real}, not ${row.direction}`,
      hint: 'a location under $.response is received, any other location is sent',
    },
  ];
}

const directionOf = (location: string): 'sent' | 'received' =>
  location.startsWith('$.response') ? 'received' : 'sent';

function placeFindings(
  { operation, location, served }: DeclarationPlace,
  path: Path,
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
      {
        path,
        message: `${location} is not a path of names, numbers and *`,
        hint: 'for example $.body.devices[*]',
      },
    ];
  }
  const problem = locationProblem(operations, location, catalog);
  return problem === undefined ? [] : [{ path, ...problem }];
}

/**
 * Reads a declaration file.
 *
 * @param catalog of the services that the declaration is for; Apple's if not given
 * @throws ScenarioError with every problem at its place in the declaration file
 */
export async function readDeclaration(
  file: string,
  text: string,
  catalog: Catalog = CATALOG,
): Promise<DeclarationDefinition> {
  const source = await readSource(file, text);
  const declaration = toDeclaration(await validate(source, declarationSchema), file, catalog);
  assertNoFindings(source, declarationFindings(declaration, [], catalog));
  return declaration;
}

/**
 * Whether a file is a declaration rather than a scenario: it has `rows`.
 *
 * @throws ScenarioError if the file is not YAML or JSON
 */
export async function isDeclaration(file: string, text: string): Promise<boolean> {
  const { value } = await readSource(file, text);
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'rows');
}
