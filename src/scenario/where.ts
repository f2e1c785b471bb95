import { compileWhere, type WhereTest } from '../engine/matching/where.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { whereSchema } from './schema/matchers.ts';
import { whereFindings } from './where-checks.ts';

/**
 * Locations and matchers as in a scenario file, for exchanges of an operation.
 *
 * @param servers names of the MDM servers that matchers may name
 * @throws ScenarioError
 */
export async function parseWhere(
  value: unknown,
  operation: string,
  servers: readonly string[],
): Promise<WhereTest> {
  const source = valueSource('where', value);
  const where = await validate(source, whereSchema);
  const findings = await whereFindings(where, operation, [], servers);
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return compileWhere(where);
}
