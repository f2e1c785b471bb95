import type { ScenarioDefinition } from '../exchange/tenant.ts';
import type { TenantError } from '../exchange/tenant-error.ts';
import { contentCredential } from '../services/vpp/content-credential.ts';
import { contractFileOf } from './contract-file.ts';
import { crossCheck } from './cross-checks.ts';
import type { FileReader } from './file-reader.ts';
import type { Finding } from './finding.ts';
import { type JudgementDefinition, toJudgement } from './judgement.ts';
import { judgementFindings } from './judgement-checks.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { readSource, type Source } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { type ScenarioFile, scenarioSchemaFor } from './schema/scenario.ts';
import { toDefinition } from './to-definition.ts';
import { withoutCredentials } from './without-credentials.ts';

export interface LoadedScenario {
  readonly scenario: ScenarioDefinition;
  readonly judgement: JudgementDefinition;
  /** As it was written, with the contracts that it names, and without credentials where they are generated. */
  readonly document: object | undefined;
  /** The same refusal, with the place in the file that it is about. */
  positioned(error: TenantError): ScenarioError | TenantError;
}

/**
 * @param given YAML or JSON text, or an object of the same form
 * @param read reads the files that the scenario names
 * @throws ScenarioError with every problem that was found, each with its line and column, or its path in the object
 */
export async function loadScenario(
  file: string,
  given: string | object,
  read?: FileReader,
): Promise<LoadedScenario> {
  const source = typeof given === 'string' ? await readSource(file, given) : valueSource(file, given);
  const checked = validate(source, await scenarioSchemaFor(source.value));
  const scenario = toDefinition(checked);
  const servers = scenario.organization.mdmServers.map(({ server_name }) => server_name);
  const { judgement, findings: unread } = await toJudgement(checked, source, read);
  const findings = [
    ...(await crossCheck(scenario)),
    ...(await judgementFindings(checked, servers)),
    ...unread,
  ];
  if (findings.length > 0) throw refusal(source, findings);
  return {
    scenario,
    judgement,
    document: documentOf(source, checked, judgement),
    positioned(error) {
      const path = pathOf(scenario, error.credential);
      return path === undefined ? error : refusal(source, [{ path, message: error.message }]);
    },
  };
}

function documentOf(
  { value }: Source,
  { credentials }: ScenarioFile,
  { expectations }: JudgementDefinition,
): object {
  const document = value as ScenarioDocument;
  const expect = document.expect?.map((given, index) => {
    const contract = expectations[index]?.definition;
    return contract?.kind === 'data_sent' && typeof given.data_sent?.contract === 'string'
      ? { ...given, data_sent: { ...given.data_sent, contract: contractFileOf(contract.contract) } }
      : given;
  });
  const whole = expect === undefined ? document : { ...document, expect };
  return credentials === 'generate' ? withoutCredentials(whole) : whole;
}

interface ScenarioDocument {
  readonly expect?: readonly { readonly data_sent?: { readonly contract: unknown } }[];
}

function refusal(source: Source, findings: readonly Finding[]): ScenarioError {
  return new ScenarioError(problemsAt(source, findings), source.lines);
}

/** The same of what the push service holds. */
function pushPathOf(
  { push, devices }: ScenarioDefinition['organization'],
  credential: string,
): Finding['path'] | undefined {
  if (credential === `push_topic:${push?.topic}`) return ['push', 'topic'];
  const key = push?.keys?.findIndex(({ keyId }) => credential === `push_key:${keyId}`) ?? -1;
  if (key >= 0) return ['push', 'keys', key, 'key_id'];
  const device = devices.findIndex(
    (item) =>
      !('generate' in item) &&
      item.push_token !== undefined &&
      credential === `push_token:${item.push_token.toLowerCase()}`,
  );
  return device < 0 ? undefined : ['devices', device, 'push_token'];
}

/** Where in the file a credential is written. */
function pathOf(
  { organization }: ScenarioDefinition,
  credential: string | undefined,
): Finding['path'] | undefined {
  if (credential === undefined) return undefined;
  if (credential === 'depsim') return ['depsim'];
  const pushPath = pushPathOf(organization, credential);
  if (pushPath !== undefined) return pushPath;
  for (const [location, { content_tokens = [] }] of (organization.locations ?? []).entries()) {
    const token = content_tokens.findIndex(
      ({ token }) => token !== undefined && contentCredential(token) === credential,
    );
    if (token >= 0) return ['locations', location, 'content_tokens', token, 'token'];
  }
  const index = organization.mdmServers.findIndex(
    ({ server_token }) =>
      server_token !== undefined && credential === `consumer_key:${server_token.consumer_key}`,
  );
  return index < 0 ? undefined : ['mdm_servers', index, 'server_token', 'consumer_key'];
}
