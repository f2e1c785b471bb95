import type { Catalog } from '../engine/catalog.ts';
import type { Range } from '../engine/matching/matcher.ts';
import type { Where } from '../engine/matching/where.ts';
import type { Action } from '../organization/actions.ts';
import { faultFindings } from './fault-checks.ts';
import type { FileReader } from './load.ts';
import type { Finding, Path } from './reading/problem.ts';
import type { Source } from './reading/source.ts';
import type { ScenarioFile } from './schema/scenario.ts';
import type { TimelineFile } from './schema/timeline.ts';
import { type FaultFile, toFault } from './to-definition.ts';
import type {
  DataSentExpectation,
  DeclarationDefinition,
  ExpectationDefinition,
  FilePlace,
  PlacedExpectation,
  TimelineEntry,
  TimelineMoment,
  VerificationDefinition,
  Within,
} from './verification.ts';
import { type CheckContext, operationFindings, whereFindings } from './where-checks.ts';

export type ExpectationFile = NonNullable<ScenarioFile['expect']>[number];

const rangeOf = (times: ExpectationFile['times']): Range | undefined =>
  typeof times === 'number' ? { at_least: times, at_most: times } : times;

/** Converts a validated expectation. `declaration` is that of `data_sent`, already read. */
function toExpectation(
  file: ExpectationFile,
  declaration: DeclarationDefinition | undefined,
): ExpectationDefinition {
  const { name } = file;
  if (file.in_order !== undefined) {
    return { kind: 'order', name, operations: file.in_order, adjacent: file.adjacent ?? false };
  }
  if (file.data_sent !== undefined && declaration !== undefined) {
    const { undeclared = 'fail', unseen = 'ignore' } = file.data_sent;
    return { kind: 'data_sent', name, declaration, undeclared, unseen } satisfies DataSentExpectation;
  }
  return {
    kind: 'operation',
    name,
    operation: file.never ?? file.operation!,
    where: file.where as Where | undefined,
    fields: file.fields as Where | undefined,
    each: file.each as Where | undefined,
    times: file.never === undefined ? rangeOf(file.times) : { at_most: 0 },
    within: file.within as Within | undefined,
  };
}

function momentOf({ at, after }: TimelineFile): TimelineMoment {
  if (at !== undefined) return { kind: 'at', at };
  if (typeof after === 'number') return { kind: 'elapsed', elapsed: after, clock: 'virtual' };
  const given = after as Exclude<TimelineFile['after'], number | undefined>;
  if ('real' in given) return { kind: 'elapsed', elapsed: given.real, clock: 'real' };
  return { kind: 'traffic', operation: given.operation, times: given.times ?? 1 };
}

export function toTimelineEntry(file: TimelineFile, place: FilePlace | undefined): TimelineEntry {
  const { at, after, ...action } = file;
  const given = Object.fromEntries(Object.entries(action).filter(([, argument]) => argument !== undefined));
  if (Array.isArray(given.set_faults)) {
    const set_faults = (given.set_faults as FaultFile[]).map(toFault);
    return { moment: momentOf(file), action: { set_faults }, place };
  }
  return { moment: momentOf(file), action: given as unknown as Action, place };
}

/** Resolves a path in a file against the folder of that file. */
function besideFile(file: string, path: string): string {
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const folder = /^(.*)[/\\][^/\\]*$/.exec(file)?.[1];
  return folder === undefined ? path : `${folder}/${path}`;
}

/** Reads the declaration of an expectation. Returns a finding if the file cannot be read. */
async function declarationOf(
  given: NonNullable<ExpectationFile['data_sent']>['declaration'],
  path: Path,
  file: string,
  read: FileReader | undefined,
  catalog: Catalog,
): Promise<DeclarationDefinition | Finding> {
  const at = [...path, 'data_sent', 'declaration'];
  const { readDeclaration, toDeclaration } = await import('./declaration.ts');
  if (typeof given !== 'string') return toDeclaration(given, undefined, catalog);
  if (read === undefined) {
    return {
      path: at,
      message: `the file ${given} cannot be read here`,
      hint: 'replace the path with the declaration itself',
    };
  }
  const beside = besideFile(file, given);
  let text: string;
  try {
    text = await read(beside);
  } catch (error) {
    return { path: at, message: `the declaration ${beside} cannot be read`, hint: (error as Error).message };
  }
  return readDeclaration(beside, text, catalog);
}

export interface VerificationResult {
  readonly verification: VerificationDefinition;
  readonly findings: readonly Finding[];
}

const isFinding = (found: DeclarationDefinition | Finding | undefined): found is Finding =>
  found !== undefined && 'path' in found;

/**
 * Converts the expectations and the timeline of a validated file, each with its place.
 *
 * @param above path of the list of expectations
 * @throws ScenarioError if a declaration file is invalid
 */
export async function toVerification(
  file: Pick<ScenarioFile, 'expect' | 'timeline' | 'allow_silent'> & {
    readonly state?: ScenarioFile['state'];
  },
  source: Source,
  read: FileReader | undefined,
  catalog: Catalog,
  above: Path = ['expect'],
): Promise<VerificationResult> {
  const findings: Finding[] = [];
  const placeOf = (path: Path): FilePlace | undefined => {
    const place = source.placeOf(path, 'value');
    return place && { file: source.file, line: place.line, column: place.column };
  };
  const expectations: PlacedExpectation[] = [];
  for (const [index, given] of (file.expect ?? []).entries()) {
    const path = [...above, index];
    const declaration =
      given.data_sent === undefined
        ? undefined
        : await declarationOf(given.data_sent.declaration, path, source.file, read, catalog);
    if (isFinding(declaration)) findings.push(declaration);
    else {
      if (declaration !== undefined && declaration.file === undefined) {
        const { declarationFindings } = await import('./declaration.ts');
        findings.push(...declarationFindings(declaration, [...path, 'data_sent', 'declaration'], catalog));
      }
      expectations.push({ definition: toExpectation(given, declaration), place: placeOf(path) });
    }
  }
  const { entries } = (file.state?.timeline ?? {}) as { readonly entries?: readonly unknown[] };
  const progressed = entries?.length;
  if (progressed !== undefined && progressed !== (file.timeline ?? []).length) {
    const message = `the timeline has ${(file.timeline ?? []).length} entries, not ${progressed}`;
    findings.push({ path: ['state', 'timeline', 'entries'], message });
  }
  const timeline = (file.timeline ?? []).map((entry, index) =>
    toTimelineEntry(entry as TimelineFile, placeOf(['timeline', index])),
  );
  return {
    verification: {
      expectations,
      timeline,
      allowSilent: file.allow_silent ?? false,
    },
    findings,
  };
}

/** Checks what the schema of an expectation cannot. */
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

/** Checks what the schemas of expectations and timeline cannot. */
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
