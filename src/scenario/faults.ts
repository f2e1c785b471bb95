import type { FaultDefinition } from '../exchange/faults/definition.ts';
import { faultFindings } from './fault-checks.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { readSource } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { faultSchema } from './schema/faults.ts';
import { toFault } from './to-definition.ts';

/** @throws ScenarioError */
export async function parseFault(value: unknown): Promise<FaultDefinition> {
  const source = await readSource('fault', JSON.stringify(value, undefined, 2) ?? '');
  const fault = toFault(validate(source, faultSchema));
  const findings = await faultFindings(fault, []);
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return fault;
}
