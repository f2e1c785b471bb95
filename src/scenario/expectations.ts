import * as z from 'zod/mini';
import type { Catalog } from '../engine/catalog.ts';
import type { PlacedExpectation } from './expectation.ts';
import type { FileReader } from './file-reader.ts';
import type { Finding } from './finding.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { readSource, type Source } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { expectationSchema } from './schema/expectations.ts';
import { scenarioSchemaFor } from './schema/scenario.ts';
import { type ExpectationFile, toVerification } from './verification.ts';
import { expectationFindings } from './verification-checks.ts';

export interface ReadOptions {
  readonly catalog: Catalog;
  /** Names of the MDM servers that matchers may name. */
  readonly servers: readonly string[];
  readonly readFile?: FileReader | undefined;
}

const listSchema = z.array(expectationSchema).check(z.minLength(1));

/**
 * One expectation or a list of them, as a value without places.
 *
 * @throws ScenarioError
 */
export async function parseExpectations(
  value: unknown,
  options: ReadOptions,
): Promise<readonly PlacedExpectation[]> {
  const list = Array.isArray(value) ? value : [value];
  const source = valueSource('expectations', list);
  return placedIn(await validate(source, listSchema), source, [], options);
}

/**
 * The expectations of a scenario file, each with its place.
 *
 * @throws ScenarioError
 */
export async function expectationsOfFile(
  file: string,
  text: string,
  options: ReadOptions,
): Promise<readonly PlacedExpectation[]> {
  const source = await readSource(file, text);
  const { expect = [] } = await validate(source, await scenarioSchemaFor(source.value, options.catalog));
  return placedIn(expect, source, ['expect'], options);
}

async function placedIn(
  given: readonly ExpectationFile[],
  source: Source,
  above: Finding['path'],
  { servers, readFile, catalog }: ReadOptions,
): Promise<readonly PlacedExpectation[]> {
  const { verification, findings } = await toVerification(
    { expect: [...given] },
    source,
    readFile,
    catalog,
    above,
  );
  const more = await Promise.all(
    given.map((expectation, index) =>
      expectationFindings(expectation, [...above, index], { catalog, servers }),
    ),
  );
  const all = [...more.flat(), ...findings];
  if (all.length > 0) throw new ScenarioError(problemsAt(source, all), source.lines);
  return verification.expectations;
}
