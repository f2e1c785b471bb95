import { compileWhere, type WhereTest } from '../engine/matching/where.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { whereSchema } from './schema/matchers.ts';
import { type CheckContext, whereFindings } from './where-checks.ts';

/**
 * Locations and matchers as in a scenario file, for exchanges of an operation.
 *
 * @throws ScenarioError
 */
export async function parseWhere(
  value: unknown,
  operation: string,
  context: CheckContext,
): Promise<WhereTest> {
  const source = valueSource('where', value);
  const where = await validate(source, whereSchema);
  const findings = await whereFindings(where, operation, [], context);
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return compileWhere(where);
}
