import { instant } from '../../core/clock.ts';
import { operation } from '../operation.ts';
import { organizationProblem } from './account-driven.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

export const getAccountDrivenProfile = operation({
  about: 'Shows the service discovery URL of account-driven enrollment',
  scheme: sessionScheme,
  errors: ['NOT_FOUND_404', 'ORG_NOT_SUPPORTED'],
  source: ADE_PAGES.getAccountDriven,
  handler({ organization }) {
    const problem = organizationProblem(organization);
    if (problem !== undefined) return problem;
    const profile = organization.enrollment.accountDriven;
    if (profile === undefined)
      return depError('NOT_FOUND_404', 'no account-driven enrollment profile is set');
    return json(organization, {
      mdm_service_discovery_url: profile.url,
      last_updated_timestamp: instant(profile.updatedAt),
    });
  },
});
