import { compileClauses, type Where, WhereError } from '../matching/where.ts';
import type { Finding } from './finding.ts';
import type { ExpectationFile } from './judgement.ts';
import { locationProblem } from './locations.ts';
import { didYouMean, OPERATION_NAMES, operationsOf } from './operations.ts';
import type { ScenarioFile } from './schema/scenario.ts';

type Path = readonly (string | number)[];

/** An operation that nothing is named after. */
export function operationFindings(pattern: string, path: Path): readonly Finding[] {
  if (operationsOf(pattern).length > 0) return [];
  return [
    {
      path,
      message: `no operation is named ${JSON.stringify(pattern)}`,
      hint: didYouMean(pattern, OPERATION_NAMES),
    },
  ];
}

/** Locations that the operations do not have, and matchers that cannot be. */
export async function whereFindings(
  where: Where,
  pattern: string,
  path: Path,
  servers: readonly string[] | undefined,
): Promise<readonly Finding[]> {
  const operations = operationsOf(pattern).map(({ name }) => name);
  const findings: Finding[] = [];
  for (const [location, matcher] of Object.entries(where)) {
    const at = [...path, location];
    const problem = operations.length === 0 ? undefined : locationProblem(operations, location);
    if (problem !== undefined) findings.push({ path: at, ...problem, atKey: true });
    findings.push(...serverFindings(matcher, at, servers));
    try {
      await compileClauses({ [location]: matcher });
    } catch (error) {
      if (!(error instanceof WhereError)) throw error;
      const within = typeof matcher === 'object' && matcher.matches !== undefined ? [...at, 'matches'] : at;
      findings.push({ path: within, message: error.message });
    }
  }
  return findings;
}

/** MDM servers that a matcher names and that are not there. */
function serverFindings(
  matcher: Where[string],
  path: Path,
  servers: readonly string[] | undefined,
): readonly Finding[] {
  if (typeof matcher !== 'object' || servers === undefined) return [];
  return (['serial_of', 'profile_of'] as const).flatMap((name) => {
    const owner = matcher[name];
    if (typeof owner !== 'object' || servers.includes(owner.mdm_server)) return [];
    return [
      {
        path: [...path, name, 'mdm_server'],
        message: `no MDM server of this file is named ${JSON.stringify(owner.mdm_server)}`,
        hint: didYouMean(owner.mdm_server, servers),
      },
    ];
  });
}

/** All that the schema cannot see of an expectation. */
export async function expectationFindings(
  given: ExpectationFile,
  path: Path,
  servers: readonly string[] | undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const kind = given.never === undefined ? 'operation' : 'never';
  const pattern = given[kind];
  if (pattern !== undefined) {
    findings.push(...operationFindings(pattern, [...path, kind]));
    for (const part of ['where', 'fields', 'each'] as const) {
      const where = given[part];
      if (where === undefined) continue;
      findings.push(...(await whereFindings(where as Where, pattern, [...path, part], servers)));
    }
  }
  if (given.within !== undefined) {
    const { after, where } = given.within;
    const at = [...path, 'within'];
    findings.push(...operationFindings(after, [...at, 'after']));
    if (where !== undefined) {
      findings.push(...(await whereFindings(where as Where, after, [...at, 'where'], servers)));
    }
  }
  for (const [index, operation] of (given.in_order ?? []).entries()) {
    findings.push(...operationFindings(operation, [...path, 'in_order', index]));
  }
  return findings;
}

/** All that the schema cannot see of expectations and timeline. */
export async function judgementFindings(
  { expect = [], timeline = [] }: ScenarioFile,
  servers: readonly string[],
): Promise<readonly Finding[]> {
  const expectations = await Promise.all(
    expect.map((given, index) => expectationFindings(given, ['expect', index], servers)),
  );
  const entries = timeline.flatMap(({ after }, index) =>
    typeof after === 'object' && 'operation' in after
      ? operationFindings(after.operation, ['timeline', index, 'after', 'operation'])
      : [],
  );
  return [...expectations.flat(), ...entries];
}
