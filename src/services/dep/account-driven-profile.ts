import { instant } from '../../core/clock.ts';
import { jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './errors.ts';
import { ADE_PAGES } from './pages.ts';
import { empty, json } from './render.ts';

const PATH = '/account-driven-enrollment/profile';

/** All three methods list the error: https://developer.apple.com/documentation/devicemanagement/assign-account-driven-enrollment-profile */
function organizationProblem({ definition }: Organization) {
  return definition.accountDrivenEnrollment
    ? undefined
    : depError('ORG_NOT_SUPPORTED', 'the scenario gives the organization no account-driven enrollment');
}

function isHttpsUrl(text: string): boolean {
  return /^https:\/\/\S+$/i.test(text) && URL.canParse(text);
}

export const setAccountDrivenProfile = operation({
  name: 'dep.account_driven.set',
  methods: ['POST'],
  path: PATH,
  about: 'Sets the service discovery URL of account-driven enrollment',
  scheme: sessionScheme,
  body: jsonBody({ mdm_service_discovery_url: 'text' }),
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
    // Fleet decodes the response as JSON and fails on an empty one.
    return organization.behavior.dep.account_driven_answer === 'json' ? json(organization, {}) : empty();
  },
});

export const getAccountDrivenProfile = operation({
  name: 'dep.account_driven.get',
  methods: ['GET'],
  path: PATH,
  about: 'Returns the service discovery URL of account-driven enrollment',
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

export const removeAccountDrivenProfile = operation({
  name: 'dep.account_driven.remove',
  methods: ['DELETE'],
  path: PATH,
  about: 'Removes the service discovery URL of account-driven enrollment',
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
