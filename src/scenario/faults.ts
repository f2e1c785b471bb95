import type { Catalog } from '../engine/catalog.ts';
import type { FaultDefinition } from '../engine/faults/definition.ts';
import { faultFindings } from './fault-checks.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { faultSchema } from './schema/faults.ts';
import { toFault } from './to-definition.ts';

/** @throws ScenarioError */
export async function parseFault(value: unknown, catalog: Catalog): Promise<FaultDefinition> {
  const source = valueSource('fault', value);
  const fault = toFault(await validate(source, faultSchema));
  const findings = await faultFindings(fault, [], catalog);
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return fault;
}
