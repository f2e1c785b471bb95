import type { Tenant } from '../../engine/tenant.ts';
import { TenantError } from '../../engine/tenant-error.ts';
import type { TenantOptions } from '../../engine/tenants.ts';
import { currentToken } from '../../organization/enrollment/mdm-server.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { textBody } from './body.ts';
import { ControlError, quoted } from './control-error.ts';
import { tenantControlError } from './control-error-of.ts';
import { environmentOf, foundAt } from './environment.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, integer, listOf, record, text } from './schema.ts';
import { idsOf } from './tenant-ids.ts';

const LARGEST_SCENARIO = 8 * 1024 * 1024;

export const listOrganizations = route({
  name: 'organizations',
  scope: 'server',
  method: 'GET',
  path: 'organizations',
  about: 'The organizations in service',
  answer: {
    about: 'the organizations',
    schema: listOf(
      record({
        id: text(),
        name: text(),
        default: flag('takes the requests that carry no credential'),
        mdm_servers: listOf(record({ server_name: text(), server_uuid: text(), consumer_key: text() })),
        devices: integer(),
      }),
    ),
  },
  handler: ({ surroundings: { crabapple } }) =>
    json(crabapple.tenants.all.map((tenant) => shownOrganization(crabapple, tenant))),
});

function shownOrganization({ tenants }: SimulatedApple, tenant: Tenant): Record<string, unknown> {
  const { definition, enrollment } = tenant.organization;
  return {
    id: tenant.id,
    name: definition.name,
    default: tenant === tenants.default,
    mdm_servers: enrollment.servers.map((server) => ({
      server_name: server.serverName,
      server_uuid: server.serverUuid,
      consumer_key: currentToken(server).consumer_key,
    })),
    devices: enrollment.inventory.deviceCount,
  };
}

export const addOrganization = route({
  name: 'organizations.add',
  scope: 'server',
  method: 'POST',
  path: 'organizations',
  about: 'Takes in an organization, from the text of a scenario',
  query: {
    id: { kind: 'text', about: 'its id; made from the name of the scenario where not given' },
    default: { kind: 'flag', about: 'makes it the default organization' },
  },
  body: { type: 'application/yaml', schema: text('a scenario file, in YAML or JSON') },
  largestBody: LARGEST_SCENARIO,
  answer: {
    status: 201,
    about: 'it is served',
    schema: record({ id: text(), env: { type: 'object', additionalProperties: text() } }),
  },
  async handler({ surroundings: { crabapple, options }, request, query }) {
    const scenario = textBody(request, 'a scenario in YAML or JSON');
    const tenant = await takenIn(crabapple, scenario, query);
    const addresses = foundAt(options.addresses(), request);
    return json({ id: tenant.id, env: environmentOf(crabapple, addresses, tenant) }, 201);
  },
});

/** @throws ControlError with the places in the text that it is about */
async function takenIn(apple: SimulatedApple, scenario: string, options: TenantOptions): Promise<Tenant> {
  const { loadScenario } = await import('../../scenario/load.ts');
  const loaded = await loadScenario('scenario', scenario, undefined, apple.engine.catalog).catch(unreadable);
  try {
    return await apple.takeIn(loaded, options);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const positioned = loaded.positioned(error);
    throw tenantControlError(error, positioned instanceof ScenarioError ? positioned.problems : undefined);
  }
}

/** A text that nests thousands of levels deep exhausts the stack of its reader. */
function unreadable(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new ControlError(400, `the scenario cannot be read: ${error.message}`, 'nest it less deeply');
}

export const deleteOrganization = route({
  name: 'organizations.delete',
  scope: 'server',
  method: 'DELETE',
  path: 'organizations',
  about: 'Removes an organization and its journal',
  query: { id: { kind: 'text', about: 'its id; `organization` says the same' } },
  answer: { about: 'it is removed', schema: record({ deleted: text() }) },
  handler({ surroundings: { crabapple }, query: { id: given, organization } }) {
    const id = given ?? organization;
    const { tenants } = crabapple;
    if (id === undefined)
      throw new ControlError(400, 'no `id` is given', `the ids are ${idsOf(tenants.all)}`);
    if (given !== undefined && organization !== undefined && given !== organization) {
      throw new ControlError(400, '`id` and `organization` name two organizations', 'give one of them');
    }
    if (tenants.get(id) === undefined) {
      throw new ControlError(
        404,
        `no organization has the id ${quoted(id)}`,
        `the ids are ${idsOf(tenants.all)}`,
      );
    }
    crabapple.removeOrganization(id);
    return json({ deleted: id });
  },
});
