import type { Catalog } from '../engine/catalog.ts';
import type { Range } from '../engine/matching/matcher-form.ts';
import type { Where } from '../engine/matching/where.ts';
import type { Action } from '../organization/portal/action.ts';
import type { DeclarationDefinition } from './declaration.ts';
import type {
  DataSentExpectation,
  ExpectationDefinition,
  FilePlace,
  PlacedExpectation,
  Within,
} from './expectation.ts';
import { besideFile, type FileReader } from './file-reader.ts';
import type { Finding } from './finding.ts';
import type { Source } from './reading/source.ts';
import type { ScenarioFile } from './schema/scenario.ts';
import type { TimelineFile } from './schema/timeline.ts';
import type { TimelineEntry, TimelineMoment } from './timeline.ts';
import { type FaultFile, toFault } from './to-definition.ts';

/** What a scenario says beside what it describes: what must be done, and what happens of its own accord. */
export interface VerificationDefinition {
  readonly expectations: readonly PlacedExpectation[];
  readonly timeline: readonly TimelineEntry[];
  /** Whether expectations may hold where no request came at all. */
  readonly allowSilent: boolean;
  /** How far the timeline has come, where it has. */
  readonly timelineNow?: TimelineNow | undefined;
}

export type TimelineNow = NonNullable<NonNullable<ScenarioFile['state']>['timeline']>;

export type ExpectationFile = NonNullable<ScenarioFile['expect']>[number];

const rangeOf = (times: ExpectationFile['times']): Range | undefined =>
  typeof times === 'number' ? { at_least: times, at_most: times } : times;

/** A checked expectation in the terms of the lower rooms; its declaration is put in by `withDeclaration`. */
export function toExpectation(
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
  const done = Object.fromEntries(Object.entries(action).filter(([, argument]) => argument !== undefined));
  if (Array.isArray(done.set_faults)) {
    const set_faults = (done.set_faults as FaultFile[]).map(toFault);
    return { moment: momentOf(file), action: { set_faults }, place };
  }
  return { moment: momentOf(file), action: done as unknown as Action, place };
}

/** Declarations by the text that names them; what could not be read is a finding. */
async function declarationOf(
  given: NonNullable<ExpectationFile['data_sent']>['declaration'],
  path: readonly (string | number)[],
  file: string,
  read: FileReader | undefined,
  catalog: Catalog,
): Promise<DeclarationDefinition | Finding> {
  const at = [...path, 'data_sent', 'declaration'];
  const { readDeclaration, toDeclaration } = await import('./declaration-file.ts');
  if (typeof given !== 'string') return toDeclaration(given, undefined, catalog);
  if (read === undefined) {
    return {
      path: at,
      message: `the file ${given} cannot be read from here`,
      hint: 'write the declaration itself in place of its path',
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

export interface Verified {
  readonly verification: VerificationDefinition;
  readonly findings: readonly Finding[];
}

const isFinding = (found: DeclarationDefinition | Finding | undefined): found is Finding =>
  found !== undefined && 'path' in found;

/**
 * Expectations and timeline of a checked file, each with its place.
 *
 * @param above where the list of expectations stands
 * @throws ScenarioError for a declaration file that is wrong
 */
export async function toVerification(
  file: Pick<ScenarioFile, 'expect' | 'timeline' | 'allow_silent'> & {
    readonly state?: ScenarioFile['state'];
  },
  source: Source,
  read: FileReader | undefined,
  catalog: Catalog,
  above: readonly (string | number)[] = ['expect'],
): Promise<Verified> {
  const findings: Finding[] = [];
  const placeOf = (path: readonly (string | number)[]): FilePlace | undefined => {
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
        const { declarationFindings } = await import('./declaration-file.ts');
        findings.push(...declarationFindings(declaration, [...path, 'data_sent', 'declaration'], catalog));
      }
      expectations.push({ definition: toExpectation(given, declaration), place: placeOf(path) });
    }
  }
  const told = file.state?.timeline?.entries.length;
  if (told !== undefined && told !== (file.timeline ?? []).length) {
    const message = `the timeline has ${(file.timeline ?? []).length} entries, not ${told}`;
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
      timelineNow: file.state?.timeline,
    },
    findings,
  };
}
