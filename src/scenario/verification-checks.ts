import type { Where } from '../engine/matching/where.ts';
import { faultFindings } from './fault-checks.ts';
import type { Finding } from './finding.ts';
import type { ScenarioFile } from './schema/scenario.ts';
import { type FaultFile, toFault } from './to-definition.ts';
import type { ExpectationFile } from './verification.ts';
import { type CheckContext, operationFindings, whereFindings } from './where-checks.ts';

type Path = readonly (string | number)[];

/** All that the schema cannot see of an expectation. */
export async function expectationFindings(
  given: ExpectationFile,
  path: Path,
  context: CheckContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const kind = given.never === undefined ? 'operation' : 'never';
  const pattern = given[kind];
  if (pattern !== undefined) {
    findings.push(...operationFindings(pattern, [...path, kind], context.catalog));
    for (const part of ['where', 'fields', 'each'] as const) {
      const where = given[part];
      if (where === undefined) continue;
      findings.push(...(await whereFindings(where as Where, pattern, [...path, part], context)));
    }
  }
  if (given.within !== undefined) {
    const { after, where } = given.within;
    const at = [...path, 'within'];
    findings.push(...operationFindings(after, [...at, 'after'], context.catalog));
    if (where !== undefined) {
      findings.push(...(await whereFindings(where as Where, after, [...at, 'where'], context)));
    }
  }
  for (const [index, operation] of (given.in_order ?? []).entries()) {
    findings.push(...operationFindings(operation, [...path, 'in_order', index], context.catalog));
  }
  return findings;
}

/** All that the schema cannot see of expectations and timeline. */
export async function verificationFindings(
  { expect = [], timeline = [] }: Pick<ScenarioFile, 'expect' | 'timeline'>,
  context: CheckContext,
): Promise<readonly Finding[]> {
  const expectations = await Promise.all(
    expect.map((given, index) => expectationFindings(given, ['expect', index], context)),
  );
  const entries = timeline.flatMap(({ after }, index) =>
    typeof after === 'object' && 'operation' in after
      ? operationFindings(after.operation, ['timeline', index, 'after', 'operation'], context.catalog)
      : [],
  );
  const faults = await Promise.all(
    timeline.flatMap((entry, index) =>
      ((entry as { readonly set_faults?: readonly FaultFile[] }).set_faults ?? []).map((fault, place) =>
        faultFindings(toFault(fault), ['timeline', index, 'set_faults', place], context.catalog),
      ),
    ),
  );
  return [...expectations.flat(), ...entries, ...faults.flat()];
}
