import { FaultTable } from '../../exchange/faults/fault-table.ts';
import type { Tenant } from '../../exchange/tenant.ts';
import { Organization } from '../../organization/organization.ts';
import type { Snapshot } from '../snapshot.ts';
import { scenarioOf } from './scenario.ts';

const SCHEMA = '# yaml-language-server: $schema=./scenario.schema.json\n';

/** A snapshot as a scenario file, in YAML. */
export async function scenarioFileOf({ id, organization }: Tenant, snapshot: Snapshot): Promise<string> {
  const { stringify } = await import('yaml');
  // Another organization is made what the snapshot was: the one in service goes on untouched.
  const then = new Organization(id, organization.definition, organization.host);
  const faults = new FaultTable(then.runtime);
  const setFaults = await faults.prepare(snapshot.faults);
  then.restore(snapshot.organization);
  setFaults();
  const serverFaults = new FaultTable(then.runtime);
  (await serverFaults.prepare(snapshot.serverFaults))();
  return SCHEMA + stringify(scenarioOf({ organization: then, faults, serverFaults }), { lineWidth: 0 });
}
