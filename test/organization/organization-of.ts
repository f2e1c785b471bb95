import type { FaultDefinition } from '../../src/engine/faults/definition.ts';
import type { OrganizationDefinition } from '../../src/organization/definition.ts';
import { Organization } from '../../src/organization/organization.ts';
import { SCENARIO_AREAS } from '../../src/scenario/areas.ts';

/** An organization without a server around it. */
export function organizationOf(
  definition: Partial<OrganizationDefinition> = {},
  faults: readonly FaultDefinition[] = [],
): Organization {
  return new Organization(
    'acme',
    {
      name: 'acme',
      seed: '7',
      account: {},
      terms: 'accepted',
      accountDrivenEnrollment: true,
      activationLock: true,
      depsim: false,
      mdmServers: [{ server_name: 'MDM server' }],
      devices: [],
      behavior: {},
      ...definition,
    },
    { areas: SCENARIO_AREAS, sections: { faults } },
  );
}
