import type { Catalog } from '../engine/catalog.ts';
import type { ScenarioDefinition } from '../engine/tenant.ts';
import type { TenantError } from '../engine/tenant-error.ts';
import { CATALOG } from '../services/index.ts';
import { pathOfCredential } from './credential-place.ts';
import { crossCheck } from './cross-checks.ts';
import type { FileReader } from './file-reader.ts';
import type { Finding } from './finding.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import type { Source } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { type ScenarioFile, scenarioSchemaFor } from './schema/scenario.ts';
import { toDefinition } from './to-definition.ts';
import type { VerificationDefinition, Verified } from './verification.ts';
import type { CheckContext } from './where-checks.ts';

export interface LoadedScenario {
  readonly scenario: ScenarioDefinition;
  readonly verification: VerificationDefinition;
  /** As it was written, with the declarations that it names, and without credentials where they are generated. */
  readonly document: object | undefined;
  /** The same refusal, with the place in the file that it is about. */
  positioned(error: TenantError): ScenarioError | TenantError;
}

/**
 * @param given YAML or JSON text, or an object of the same form
 * @param read reads the files that the scenario names
 * @param catalog of the services that the scenario is for; Apple's if not given
 * @throws ScenarioError with every problem that was found, each with its line and column, or its path in the object
 */
export async function loadScenario(
  file: string,
  given: string | object,
  read?: FileReader,
  catalog: Catalog = CATALOG,
): Promise<LoadedScenario> {
  const source = typeof given === 'string' ? await textSource(file, given) : valueSource(file, given);
  const checked = await validate(source, await scenarioSchemaFor(source.value, catalog));
  const scenario = toDefinition(await asServed(checked, checked));
  const servers = scenario.organization.mdmServers.map(({ server_name }) => server_name);
  const { verification, findings: unverified } = await verifiedBy(
    checked,
    source,
    { servers, catalog },
    read,
  );
  const findings = [...(await crossCheck(scenario, checked, catalog)), ...unverified];
  if (findings.length > 0) throw refusal(source, findings);
  return {
    scenario,
    verification,
    document: await documentOf(source, checked, verification),
    positioned(error) {
      const path = pathOfCredential(scenario, error.credential);
      return path === undefined ? error : refusal(source, [{ path, message: error.message }]);
    },
  };
}

async function textSource(file: string, text: string): Promise<Source> {
  const { readSource } = await import('./reading/source.ts');
  return readSource(file, text);
}

/** Without its credentials where the file says that they are generated. */
async function asServed<File extends object>(file: File, { credentials }: ScenarioFile): Promise<File> {
  if (credentials !== 'generate') return file;
  const { withoutCredentials } = await import('./without-credentials.ts');
  return withoutCredentials(file);
}

/** What must be done and what happens of its own accord, and all that is wrong with it. */
async function verifiedBy(
  checked: ScenarioFile,
  source: Source,
  context: CheckContext,
  read: FileReader | undefined,
): Promise<Verified> {
  const { expect, timeline, state, allow_silent: allowSilent = false } = checked;
  if ((expect ?? timeline ?? state?.timeline) === undefined)
    return { verification: { expectations: [], timeline: [], allowSilent }, findings: [] };
  const [{ toVerification }, { verificationFindings }] = await Promise.all([
    import('./verification.ts'),
    import('./verification-checks.ts'),
  ]);
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
    return asServed(document, checked);
  const { declarationFileOf } = await import('./declaration-file.ts');
  const expect = document.expect.map((given, index) => {
    const declaration = expectations[index]?.definition;
    return declaration?.kind === 'data_sent' && typeof given.data_sent?.declaration === 'string'
      ? {
          ...given,
          data_sent: { ...given.data_sent, declaration: declarationFileOf(declaration.declaration) },
        }
      : given;
  });
  return asServed({ ...document, expect }, checked);
}

interface ScenarioDocument {
  readonly expect?: readonly { readonly data_sent?: { readonly declaration: unknown } }[];
}

function refusal(source: Source, findings: readonly Finding[]): ScenarioError {
  return new ScenarioError(problemsAt(source, findings), source.lines);
}
