import { operationPattern } from '../engine/faults/operation-pattern.ts';
import { simplePath } from '../engine/matching/simple-path.ts';
import { SERVICES } from '../services/service-name.ts';
import type { DeclarationDefinition, DeclarationPlace, DeclarationRow } from './declaration.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Finding } from './finding.ts';
import { CATALOGD } from './known-fields.ts';
import { locationProblem } from './locations.ts';
import { OPERATION_NAMES, operationsOf } from './operations.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { readSource } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { type DeclarationFile, declarationSchema } from './schema/declaration.ts';

/** Services of Apple's that a declaration may speak of before they are served. */
const APPLE_SERVICES = ['dep', 'apns', 'vpp'];

const serviceOf = (operation: string): string => operation.split('.')[0]!;

/** What the catalog or Apple has and no service here answers is not wrong, only not served yet. */
function isServed(operation: string): boolean {
  if (operationsOf(operation).length > 0) return true;
  const pattern = operationPattern(operation);
  if (CATALOGD.some((name) => pattern.test(name))) return false;
  const service = serviceOf(operation);
  return !APPLE_SERVICES.includes(service) || SERVICES.some((name) => name === service);
}

const listOf = (locations: string | readonly string[]): readonly string[] =>
  typeof locations === 'string' ? [locations] : locations;

function placesOf(at: DeclarationFile['rows'][number]['at']): readonly DeclarationPlace[] {
  return Object.entries(at).flatMap(([operation, locations]) =>
    listOf(locations).map((location) => ({ operation, location, served: isServed(operation) })),
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
        places: placesOf(at),
      }),
    ),
  };
}

/** Rows that could never be seen on the wire. */
export function declarationFindings(
  { rows }: DeclarationDefinition,
  path: readonly (string | number)[],
): readonly Finding[] {
  return rows.flatMap((row, index) => rowFindings(row, [...path, 'rows', index]));
}

function rowFindings(row: DeclarationRow, path: readonly (string | number)[]): readonly Finding[] {
  const findings = row.places.flatMap((place) => placeFindings(place, [...path, 'at', place.operation]));
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
): readonly Finding[] {
  if (!served) return [];
  const operations = operationsOf(operation).map(({ name }) => name);
  if (operations.length === 0) {
    const hint = didYouMean(operation, OPERATION_NAMES);
    return [{ path, message: `no operation is named ${JSON.stringify(operation)}`, hint, atKey: true }];
  }
  if (simplePath(location) === undefined) {
    return [
      { path, message: `${location} is no path of names, numbers and *`, hint: 'such as $.body.devices[*]' },
    ];
  }
  const problem = locationProblem(operations, location);
  return problem === undefined ? [] : [{ path, ...problem }];
}

/** @throws ScenarioError with every problem at its place in the declaration's own file */
export async function readDeclaration(file: string, text: string): Promise<DeclarationDefinition> {
  const source = await readSource(file, text);
  const declaration = toDeclaration(await validate(source, declarationSchema), file);
  const findings = declarationFindings(declaration, []);
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
