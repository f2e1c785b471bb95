import { operation } from '../operation.ts';
import { organizationProblem } from './account-driven.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { ADE_PAGES } from './pages.ts';
import { empty, json } from './render.ts';

function isHttpsUrl(text: string): boolean {
  return /^https:\/\/\S+$/i.test(text) && URL.canParse(text);
}

export const setAccountDrivenProfile = operation({
  about: 'Names the service discovery URL of account-driven enrollment',
  scheme: sessionScheme,
  body: { mdm_service_discovery_url: 'text' },
  errors: ['MDM_SERVICE_DISCOVERY_URL_REQUIRED', 'MDM_SERVICE_DISCOVERY_URL_NOT_VALID', 'ORG_NOT_SUPPORTED'],
  source: ADE_PAGES.setAccountDriven,
  handler({ organization, body }) {
    const problem = organizationProblem(organization);
    if (problem !== undefined) return problem;
    const url = body.mdm_service_discovery_url ?? '';
    if (url === '') {
      return depError('MDM_SERVICE_DISCOVERY_URL_REQUIRED', '`mdm_service_discovery_url` is missing');
    }
    if (!isHttpsUrl(url)) {
      return depError(
        'MDM_SERVICE_DISCOVERY_URL_NOT_VALID',
        'mdm_service_discovery_url must be an https URL',
      );
    }
    organization.apply({ type: 'account_driven_profile_set', url });
    // Fleet decodes the answer as JSON, and an empty one fails it.
    return organization.behavior.dep.account_driven_answer === 'json' ? json(organization, {}) : empty();
  },
});
