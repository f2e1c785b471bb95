import { ADE_PAGES } from '../../catalogue/dep/pages.ts';
import { operation } from '../operation.ts';
import { organizationProblem } from './account-driven.ts';
import { sessionScheme } from './authenticate-session.ts';
import { DEP_PATHS } from './endpoints.ts';
import { empty } from './render.ts';

export const removeAccountDrivenProfile = operation({
  name: 'dep.account_driven.remove',
  about: 'Forgets the service discovery URL of account-driven enrollment',
  methods: ['DELETE'],
  path: DEP_PATHS.accountDriven,
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
