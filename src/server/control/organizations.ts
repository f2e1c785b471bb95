import type { Tenant } from '../../engine/tenant.ts';
import { TenantError } from '../../engine/tenant.ts';
import type { TenantOptions } from '../../engine/tenants.ts';
import { currentToken } from '../../organization/enrollment/mdm-server.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { textBody } from './body.ts';
import { ControlError, listedIds, quoted, tenantControlError } from './control-error.ts';
import { addressesFor, environmentOf } from './environment.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, integer, listOf, record, text } from './schema.ts';

const MAX_SCENARIO = 8 * 1024 * 1024;

export const listOrganizations = route({
  name: 'organizations',
  scope: 'server',
  method: 'GET',
  path: 'organizations',
  about: 'All organizations',
  response: {
    about: 'the organizations',
    schema: listOf(
      record({
        id: text(),
        name: text(),
        default: flag('receives the requests without credential'),
        mdm_servers: listOf(record({ server_name: text(), server_uuid: text(), consumer_key: text() })),
        devices: integer(),
      }),
    ),
  },
  handler: ({ context: { apple } }) =>
    json(apple.tenants.all.map((tenant) => organizationView(apple, tenant))),
});

function organizationView({ tenants }: SimulatedApple, tenant: Tenant): Record<string, unknown> {
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
  about: 'Adds an organization from a scenario',
  query: {
    id: { kind: 'text', about: 'its id; by default derived from the name of the scenario' },
    default: { kind: 'flag', about: 'makes it the default organization' },
  },
  body: { type: 'application/yaml', schema: text('a scenario file, in YAML or JSON') },
  bodyLimit: MAX_SCENARIO,
  response: {
    status: 201,
    about: 'the organization is added',
    schema: record({ id: text(), env: { type: 'object', additionalProperties: text() } }),
  },
  async handler({ context: { apple, options }, request, query }) {
    const scenario = textBody(request, 'a scenario in YAML or JSON');
    const tenant = await addScenario(apple, scenario, query);
    const addresses = addressesFor(options.addresses(), request);
    return json({ id: tenant.id, env: environmentOf(apple, addresses, tenant) }, 201);
  },
});

/** @throws ControlError with the positions of the problems in the scenario */
async function addScenario(apple: SimulatedApple, scenario: string, options: TenantOptions): Promise<Tenant> {
  const { loadScenario } = await import('../../scenario/load.ts');
  const { catalog } = apple.engine;
  const loaded = await loadScenario('scenario', scenario, undefined, catalog).catch(unreadable);
  try {
    return await apple.takeIn(loaded, options);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const positioned = loaded.positioned(error);
    throw tenantControlError(error, positioned instanceof ScenarioError ? positioned.problems : undefined);
  }
}

/** A scenario that nests thousands of levels deep exhausts the stack of its reader. */
function unreadable(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new ControlError(400, `cannot read the scenario: ${error.message}`, 'nest it less deeply');
}

export const deleteOrganization = route({
  name: 'organizations.delete',
  scope: 'server',
  method: 'DELETE',
  path: 'organizations',
  about: 'Removes an organization and its journal',
  query: { id: { kind: 'text', about: 'its id; `organization` works as well' } },
  response: { about: 'the organization is removed', schema: record({ deleted: text() }) },
  handler({ context: { apple }, query: { id: given, organization } }) {
    const id = given ?? organization;
    const { tenants } = apple;
    if (id === undefined)
      throw new ControlError(400, '`id` is missing', `the ids are ${listedIds(tenants.all)}`);
    if (given !== undefined && organization !== undefined && given !== organization) {
      throw new ControlError(400, '`id` and `organization` name two organizations', 'give one of them');
    }
    if (tenants.get(id) === undefined) {
      throw new ControlError(
        404,
        `no organization has the id ${quoted(id)}`,
        `the ids are ${listedIds(tenants.all)}`,
      );
    }
    apple.removeOrganization(id);
    return json({ deleted: id });
  },
});
