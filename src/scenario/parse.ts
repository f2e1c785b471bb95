import * as z from 'zod/mini';
import type { Catalog } from '../engine/catalog.ts';
import type { FaultDefinition } from '../engine/faults/definition.ts';
import { compileWhere, type WhereTest } from '../engine/matching/where.ts';
import type { Action } from '../organization/actions.ts';
import type { BehaviorSettings } from '../organization/behavior.ts';
import { CATALOG } from '../services/index.ts';
import type { FileReader } from './load.ts';
import { assertNoFindings, type Path } from './reading/problem.ts';
import type { Source } from './reading/source.ts';
import { validate, valueSource } from './reading/validate.ts';
import type { TimelineFile } from './schema/timeline.ts';
import type { ExpectationFile } from './to-verification.ts';
import type { PlacedExpectation, TimelineEntry } from './verification.ts';
import type { CheckContext } from './where-checks.ts';

// The parts of a scenario that the control API and the TypeScript API accept one at a time. Each function imports the
// schema that it needs, because zod schemas are slow to build and most programs use one or two of them.

/** Reads one portal action. @throws ScenarioError */
export async function parseAction(value: unknown, { areas }: Catalog = CATALOG): Promise<Action> {
  const { actionSchemaFor } = await import('./schema/actions.ts');
  return (await validate(valueSource('action', value), await actionSchemaFor(areas))) as Action;
}

/** Reads behavior settings. @throws ScenarioError */
export async function parseBehavior(value: unknown, { behavior }: Catalog): Promise<BehaviorSettings> {
  const { behaviorSchema } = await import('./schema/behavior.ts');
  return (await validate(valueSource('behavior', value), behaviorSchema(behavior))) as BehaviorSettings;
}

/** Reads one fault. @throws ScenarioError */
export async function parseFault(value: unknown, catalog: Catalog): Promise<FaultDefinition> {
  const [{ faultSchema }, { toFault }, { faultFindings }] = await Promise.all([
    import('./schema/faults.ts'),
    import('./to-definition.ts'),
    import('./fault-checks.ts'),
  ]);
  const source = valueSource('fault', value);
  const fault = toFault(await validate(source, faultSchema));
  assertNoFindings(source, await faultFindings(fault, [], catalog));
  return fault;
}

/**
 * Reads locations and matchers, in the form of a scenario file, for exchanges of an operation.
 *
 * @throws ScenarioError
 */
export async function parseWhere(
  value: unknown,
  operation: string,
  context: CheckContext,
): Promise<WhereTest> {
  const [{ whereSchema }, { whereFindings }] = await Promise.all([
    import('./schema/matchers.ts'),
    import('./where-checks.ts'),
  ]);
  const source = valueSource('where', value);
  const where = await validate(source, whereSchema);
  assertNoFindings(source, await whereFindings(where, operation, [], context));
  return compileWhere(where);
}

/** Reads timeline entries in the form of a scenario file. @throws ScenarioError */
export async function parseTimeline(
  entries: readonly unknown[],
  catalog: Catalog,
): Promise<readonly TimelineEntry[]> {
  const [{ timelineEntrySchemaFor }, { toTimelineEntry, verificationFindings }] = await Promise.all([
    import('./schema/timeline.ts'),
    import('./to-verification.ts'),
  ]);
  const source = valueSource('organization', { timeline: entries });
  const schema = z.strictObject({ timeline: z.array(await timelineEntrySchemaFor(catalog.areas)) });
  const { timeline } = (await validate(source, schema)) as { readonly timeline: TimelineFile[] };
  assertNoFindings(source, await verificationFindings({ timeline }, { catalog, servers: [] }));
  return timeline.map((entry) => toTimelineEntry(entry, undefined));
}

export interface ExpectationOptions {
  readonly catalog: Catalog;
  /** Names of the MDM servers that matchers may refer to. */
  readonly servers: readonly string[];
  readonly readFile?: FileReader | undefined;
}

/**
 * Reads one expectation or a list of them from a value. The expectations have no place in a file.
 *
 * @throws ScenarioError
 */
export async function parseExpectations(
  value: unknown,
  options: ExpectationOptions,
): Promise<readonly PlacedExpectation[]> {
  const { expectationSchema } = await import('./schema/expectations.ts');
  const source = valueSource('expectations', Array.isArray(value) ? value : [value]);
  const list = await validate(source, z.array(expectationSchema).check(z.minLength(1)));
  return placed(list, source, [], options);
}

/**
 * Reads the expectations of a scenario file, each with its line and column.
 *
 * @throws ScenarioError
 */
export async function expectationsOfFile(
  file: string,
  text: string,
  options: ExpectationOptions,
): Promise<readonly PlacedExpectation[]> {
  const [{ readSource }, { scenarioSchemaFor }] = await Promise.all([
    import('./reading/source.ts'),
    import('./schema/scenario.ts'),
  ]);
  const source = await readSource(file, text);
  const { expect = [] } = await validate(source, await scenarioSchemaFor(source.value, options.catalog));
  return placed(expect, source, ['expect'], options);
}

async function placed(
  expect: readonly ExpectationFile[],
  source: Source,
  above: Path,
  { servers, readFile, catalog }: ExpectationOptions,
): Promise<readonly PlacedExpectation[]> {
  const { expectationFindings, toVerification } = await import('./to-verification.ts');
  const { verification, findings } = await toVerification(
    { expect: [...expect] },
    source,
    readFile,
    catalog,
    above,
  );
  const more = await Promise.all(
    expect.map((expectation, index) =>
      expectationFindings(expectation, [...above, index], { catalog, servers }),
    ),
  );
  assertNoFindings(source, [...more.flat(), ...findings]);
  return verification.expectations;
}
