import type { Catalog } from '../engine/catalog.ts';
import type { ScenarioDefinition, TenantError } from '../engine/tenant.ts';
import { CATALOG } from '../services/index.ts';
import { pathOfCredential, withoutCredentials } from './credentials.ts';
import { crossCheck } from './cross-checks.ts';
import { assertNoFindings, type ScenarioError, scenarioErrorOf } from './reading/problem.ts';
import type { Source } from './reading/source.ts';
import { validate, valueSource } from './reading/validate.ts';
import { type ScenarioFile, scenarioSchemaFor } from './schema/scenario.ts';
import { toDefinition } from './to-definition.ts';
import type { VerificationResult } from './to-verification.ts';
import type { VerificationDefinition } from './verification.ts';
import type { CheckContext } from './where-checks.ts';

/** Reads a file that a scenario refers to. Without a reader, a scenario cannot refer to files. */
export type FileReader = (path: string) => string | Promise<string>;

export interface LoadedScenario {
  readonly scenario: ScenarioDefinition;
  readonly verification: VerificationDefinition;
  /**
   * The scenario as it was written, with declarations in place of their paths, and without credentials if they are
   * generated.
   */
  readonly document: object | undefined;
  /** The same error with its place in the file, if it is about a credential of the file. */
  positioned(error: TenantError): ScenarioError | TenantError;
}

/**
 * Reads and checks a scenario.
 *
 * @param given YAML or JSON text, or an object of the same form
 * @param read reads the files that the scenario refers to
 * @param catalog of the services that the scenario is for; Apple's if not given
 * @throws ScenarioError with every problem, each with its line and column, or its path in the object
 */
export async function loadScenario(
  file: string,
  given: string | object,
  read?: FileReader,
  catalog: Catalog = CATALOG,
): Promise<LoadedScenario> {
  const source = typeof given === 'string' ? await textSource(file, given) : valueSource(file, given);
  rejectOldState(source);
  const checked = await validate(source, await scenarioSchemaFor(source.value, catalog));
  const definition = toDefinition(servedForm(checked, checked));
  const servers = definition.organization.mdmServers.map(({ server_name }) => server_name);
  const { verification, findings } = await verificationOf(checked, source, { servers, catalog }, read);
  const { timeline } = verification;
  const sections = {
    ...sectionsOf(checked, catalog),
    ...(timeline.length === 0 ? {} : { timeline }),
  };
  const scenario = Object.keys(sections).length === 0 ? definition : { ...definition, sections };
  assertNoFindings(source, [...(await crossCheck(scenario, checked, catalog)), ...findings]);
  return {
    scenario,
    verification,
    document: await documentOf(source, checked, verification),
    positioned(error) {
      const path = pathOfCredential(scenario, error.credential);
      return path === undefined ? error : scenarioErrorOf(source, [{ path, message: error.message }]);
    },
  };
}

/** Members that `state:` had in exports of Crabapple 0.1. */
const OLD_STATE_MEMBERS = ['begun', 'changes'];

/** @throws ScenarioError for an export of Crabapple 0.1 */
function rejectOldState(source: Source): void {
  const { state } = (source.value ?? {}) as { readonly state?: object | null };
  if (typeof state !== 'object' || state === null) return;
  if (!OLD_STATE_MEMBERS.some((member) => Object.hasOwn(state, member))) return;
  const finding = {
    path: ['state'],
    message: '`state:` was exported by Crabapple 0.1, and has a form that this version cannot read',
    hint: 'remove `state:` to start the scenario again, or serve it with Crabapple 0.1',
  };
  assertNoFindings(source, [finding]);
}

/** What the file says for areas with a section. */
function sectionsOf(checked: object, { areas }: Catalog): Readonly<Record<string, unknown>> {
  const file = checked as Readonly<Record<string, unknown>>;
  const names = areas.filter(({ scenario }) => scenario !== undefined).map(({ name }) => name);
  return Object.fromEntries(names.flatMap((name) => (file[name] === undefined ? [] : [[name, file[name]]])));
}

async function textSource(file: string, text: string): Promise<Source> {
  const { readSource } = await import('./reading/source.ts');
  return readSource(file, text);
}

/** Leaves out the credentials if the file says `credentials: generate`. */
const servedForm = <File extends object>(file: File, { credentials }: ScenarioFile): File =>
  credentials === 'generate' ? withoutCredentials(file) : file;

/** Expectations and timeline, and what is wrong with them. Most files have neither. */
async function verificationOf(
  checked: ScenarioFile,
  source: Source,
  context: CheckContext,
  read: FileReader | undefined,
): Promise<VerificationResult> {
  const { expect, timeline, state, allow_silent: allowSilent = false } = checked;
  if ((expect ?? timeline ?? state?.timeline) === undefined)
    return { verification: { expectations: [], timeline: [], allowSilent }, findings: [] };
  const { toVerification, verificationFindings } = await import('./to-verification.ts');
  const { verification, findings } = await toVerification(checked, source, read, context.catalog);
  return { verification, findings: [...(await verificationFindings(checked, context)), ...findings] };
}

async function documentOf(
  { value }: Source,
  checked: ScenarioFile,
  { expectations }: VerificationDefinition,
): Promise<object> {
  const document = value as ScenarioDocument;
  if (document.expect?.some(({ data_sent }) => data_sent !== undefined) !== true)
    return servedForm(document, checked);
  const { declarationFileOf } = await import('./declaration.ts');
  const expect = document.expect.map((given, index) => {
    const declaration = expectations[index]?.definition;
    return declaration?.kind === 'data_sent' && typeof given.data_sent?.declaration === 'string'
      ? {
          ...given,
          data_sent: { ...given.data_sent, declaration: declarationFileOf(declaration.declaration) },
        }
      : given;
  });
  return servedForm({ ...document, expect }, checked);
}

interface ScenarioDocument {
  readonly expect?: readonly { readonly data_sent?: { readonly declaration: unknown } }[];
}
