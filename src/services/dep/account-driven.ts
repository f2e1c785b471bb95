import type { Organization } from '../../organization/organization.ts';
import { depError } from './dep-error.ts';

/** All three verbs list it: https://developer.apple.com/documentation/devicemanagement/assign-account-driven-enrollment-profile */
export function organizationProblem({ definition }: Organization) {
  return definition.accountDrivenEnrollment
    ? undefined
    : depError('ORG_NOT_SUPPORTED', 'the scenario gives the organization no account-driven enrollment');
}
