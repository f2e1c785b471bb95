import type { Catalog } from '../engine/catalog.ts';
import type { FaultDefinition } from '../engine/faults/definition.ts';
import { didYouMean } from '../engine/matching/nearest-word.ts';
import type { ScenarioDefinition } from '../engine/tenant.ts';
import { devicesByServer } from '../organization/enrollment/initial-state.ts';
import { serialClash } from '../organization/inventory/device-groups.ts';
import { createNumbering } from '../organization/inventory/numbering.ts';
import { StateError } from '../organization/members.ts';
import { checkState } from '../organization/states.ts';
import { SCENARIO_AREAS } from './areas.ts';
import type { Finding } from './reading/problem.ts';
import type { ScenarioFile } from './schema/scenario.ts';

/** Checks what the schema cannot: references between the parts of a scenario, and duplicates. */
export async function crossCheck(
  scenario: ScenarioDefinition,
  file: ScenarioFile,
  catalog: Catalog,
): Promise<readonly Finding[]> {
  const findings = [
    ...serverFindings(scenario),
    ...deviceFindings(scenario),
    ...pushFindings(scenario),
    ...(await contentFindingsIn(scenario, file)),
    ...(await faultListFindings(scenario.faults, 'faults', catalog)),
    ...(await faultListFindings(scenario.serverFaults, 'server_faults', catalog)),
  ];
  return findings.length > 0 ? findings : stateFindings(scenario, catalog);
}

function serverFindings({ organization }: ScenarioDefinition): readonly Finding[] {
  const names = new Set<string>();
  const keys = new Set<string>();
  return organization.mdmServers.flatMap((server, index) => {
    const findings: Finding[] = [];
    if (names.has(server.server_name)) {
      findings.push({
        path: ['mdm_servers', index, 'server_name'],
        message: `another MDM server is named ${JSON.stringify(server.server_name)}`,
      });
    }
    names.add(server.server_name);
    const key = server.server_token?.consumer_key;
    if (key !== undefined && keys.has(key)) {
      findings.push({
        path: ['mdm_servers', index, 'server_token', 'consumer_key'],
        message: 'another MDM server of this file has the same consumer_key',
      });
    }
    if (key !== undefined) keys.add(key);
    return findings;
  });
}

function deviceFindings({ organization }: ScenarioDefinition): readonly Finding[] {
  const servers = organization.mdmServers.map(({ server_name }) => server_name);
  const first = new Map<string, number>();
  const findings: Finding[] = [];
  organization.devices.forEach((item, index) => {
    if (item.mdm_server !== undefined && !servers.includes(item.mdm_server)) {
      findings.push({
        path: ['devices', index, 'mdm_server'],
        message: `no MDM server of this file is named ${JSON.stringify(item.mdm_server)}`,
        hint: didYouMean(item.mdm_server, servers),
      });
    }
    if ('generate' in item) return;
    const before = first.get(item.serial_number);
    if (before !== undefined) {
      findings.push({
        path: ['devices', index, 'serial_number'],
        message: `devices[${before}] has the same serial number ${item.serial_number}`,
      });
    } else first.set(item.serial_number, index);
    const profiles =
      organization.mdmServers[Math.max(0, servers.indexOf(item.mdm_server ?? servers[0]!))]?.profiles ?? [];
    const known = profiles.flatMap(({ profile_uuid, profile }) => [
      profile_uuid,
      profile.profile_name as string,
    ]);
    if (item.profile !== undefined && !known.includes(item.profile)) {
      findings.push({
        path: ['devices', index, 'profile'],
        message: `the MDM server of this device has no profile ${JSON.stringify(item.profile)}`,
        hint: 'use a profile_name or profile_uuid from `profiles` of that MDM server',
      });
    }
    if (item.profile === undefined && (item.profile_status ?? 'empty') !== 'empty') {
      findings.push({
        path: ['devices', index, 'profile_status'],
        message: `profile_status ${item.profile_status} needs a \`profile\``,
      });
    }
  });
  if (findings.length > 0) return findings;
  const runs = devicesByServer(organization).map(({ items }) => items);
  const clash = serialClash(createNumbering(organization.seed), runs, 1, []);
  if (clash === undefined) return [];
  return [
    {
      path: ['devices', first.get(clash)!, 'serial_number'],
      message: `a generated device of this file has the serial number ${clash}`,
      hint: 'change this serial number, or the seed of the file',
    },
  ];
}

/** Reports push tokens and push keys that occur twice, and related keys that do not exist. */
function pushFindings({ organization: { push, devices } }: ScenarioDefinition): readonly Finding[] {
  const findings: Finding[] = [];
  const tokens = new Map<string, number>();
  devices.forEach((item, index) => {
    const token = 'generate' in item ? undefined : item.push_token?.toLowerCase();
    if (token === undefined) return;
    const before = tokens.get(token);
    if (before === undefined) tokens.set(token, index);
    else {
      findings.push({
        path: ['devices', index, 'push_token'],
        message: `devices[${before}] has the same push token`,
      });
    }
  });
  const ids = push?.keys?.map(({ keyId }) => keyId) ?? [];
  push?.keys?.forEach(({ keyId, relatedKey }, index) => {
    if (keyId !== undefined && ids.indexOf(keyId) < index) {
      findings.push({
        path: ['push', 'keys', index, 'key_id'],
        message: `another push key of this file has the id ${keyId}`,
      });
    }
    if (relatedKey !== undefined && !ids.includes(relatedKey)) {
      findings.push({
        path: ['push', 'keys', index, 'related_key'],
        message: `no push key of this file has the id ${relatedKey}`,
        hint: didYouMean(
          relatedKey,
          ids.filter((id) => id !== undefined),
        ),
      });
    }
  });
  return findings;
}

async function contentFindingsIn(
  scenario: ScenarioDefinition,
  { locations, apps }: ScenarioFile,
): Promise<readonly Finding[]> {
  if ((locations ?? apps) === undefined) return [];
  const { contentFindings } = await import('./content-checks.ts');
  return contentFindings(scenario);
}

async function faultListFindings(
  faults: readonly FaultDefinition[],
  list: string,
  catalog: Catalog,
): Promise<readonly Finding[]> {
  if (faults.length === 0) return [];
  const { faultFindings } = await import('./fault-checks.ts');
  const findings = await Promise.all(
    faults.map((fault, index) => faultFindings(fault, [list, index], catalog)),
  );
  return [...findings.flat(), ...idFindings(faults, list)];
}

function idFindings(faults: readonly FaultDefinition[], list: string): readonly Finding[] {
  const ids = new Set<string>();
  return faults.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    if (ids.has(id)) return [{ path: [list, index, 'id'], message: `another fault has the id ${id}` }];
    ids.add(id);
    return [];
  });
}

/** Whether `state:` fits the rest: only the areas know which devices there are. */
function stateFindings(
  { organization, faults, serverFaults, sections }: ScenarioDefinition,
  { areas }: Catalog,
): readonly Finding[] {
  if (organization.state === undefined) return [];
  try {
    checkState(organization, {
      areas: [...SCENARIO_AREAS, ...areas],
      sections: { ...sections, faults, serverFaults },
    });
    return [];
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return [{ path: ['state', ...error.path], message: error.message }];
  }
}
