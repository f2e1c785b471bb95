import type { Response } from '../../../core/outcome.ts';
import type { Organization } from '../../../organization/organization.ts';
import { operation } from '../../operation.ts';
import type { ContentManager } from '../caller.ts';
import { VPP_PAGES } from '../pages.ts';
import { readScheme } from './authenticate.ts';
import { answer } from './render.ts';

const WEBSITES = {
  enterprisestore: 'https://business.apple.com',
  volumestore: 'https://school.apple.com',
} as const;

/** The same after a question and after a change: https://developer.apple.com/documentation/devicemanagement/clientconfigresponse */
export function clientConfigAnswer(organization: Organization, manager: ContentManager): Response {
  const { location } = manager;
  const { notificationUrl, notificationAuthToken, notificationTypes } = location.config;
  return answer(organization, manager, {
    countryISO2ACode: location.country,
    defaultPlatform: location.platform,
    locationName: location.name,
    ...(notificationAuthToken === undefined ? {} : { notificationAuthToken }),
    ...(notificationUrl === undefined ? {} : { notificationUrl }),
    ...(notificationTypes.length === 0 ? {} : { subscribedNotificationTypes: notificationTypes }),
    websiteURL: WEBSITES[location.platform],
  });
}

export const clientConfig = operation({
  about: 'Tells about the location and the MDM that configured it',
  scheme: readScheme,
  errors: [],
  source: VPP_PAGES.clientConfig,
  handler: ({ organization, caller }) => clientConfigAnswer(organization, caller),
});
