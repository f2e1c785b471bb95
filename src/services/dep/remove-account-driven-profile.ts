import { operation } from '../operation.ts';
import { organizationProblem } from './account-driven.ts';
import { sessionScheme } from './authenticate-session.ts';
import { ADE_PAGES } from './pages.ts';
import { empty } from './render.ts';

export const removeAccountDrivenProfile = operation({
  about: 'Forgets the service discovery URL of account-driven enrollment',
  scheme: sessionScheme,
  errors: ['ORG_NOT_SUPPORTED'],
  source: ADE_PAGES.removeAccountDriven,
  handler({ organization }) {
    const problem = organizationProblem(organization);
    if (problem !== undefined) return problem;
    organization.apply({ type: 'account_driven_profile_removed' });
    return empty();
  },
});
