import { NOTIFICATION_TYPES } from '../../../organization/content/notification.ts';
import type { Organization } from '../../../organization/organization.ts';
import { operation } from '../../operation.ts';
import { V2_ERROR_NUMBERS, vppErrorText } from '../errors.ts';
import { originOf } from '../origin.ts';
import { VPP_PAGES } from '../pages.ts';
import { anybodyScheme } from './authenticate.ts';
import { LOOKUP_PATH, V2_PATHS } from './endpoints.ts';
import { json } from './render.ts';

/** What is advertised is what is enforced. */
function limitsOf({ behavior: { vpp } }: Organization): Readonly<Record<string, number>> {
  return {
    maxAssets: vpp.max_assets,
    maxClientUserIds: vpp.max_client_user_ids,
    maxMdmIdLength: vpp.max_mdm_id_length,
    maxMdmMetadataLength: vpp.max_mdm_metadata_length,
    maxMdmNameLength: vpp.max_mdm_name_length,
    maxNotificationLength: vpp.max_notification_length,
    maxRequestPerSecond: vpp.max_requests_per_second,
    maxRevokeClientUserIds: vpp.max_revoke_client_user_ids,
    maxRevokeSerialNumbers: vpp.max_revoke_serial_numbers,
    maxSerialNumbers: vpp.max_serial_numbers,
    maxSubscriptionClientUserIds: vpp.max_subscription_client_user_ids,
    maxSubscriptions: vpp.max_subscriptions,
    maxUsers: vpp.max_users,
  };
}

/** The placeholder is escaped twice in Apple's sample, and clients look for it so. */
export const invitationUrl = (origin: string): string =>
  `${origin}/WebObjects/MZFinance.woa/wa/associateVPPUserWithITSAccount?inviteCode=%25inviteCode%25&mt=8`;

export const metadataUrl = ({ behavior }: Organization, origin: string): string =>
  behavior.vpp.metadata_url === '' ? `${origin}${LOOKUP_PATH}` : behavior.vpp.metadata_url;

export const serviceConfig = operation({
  about: 'Tells limits, URLs, notification types and errors',
  scheme: anybodyScheme,
  errors: [],
  source: VPP_PAGES.serviceConfig,
  handler({ organization, request }) {
    const origin = originOf(request);
    return json({
      errorCodes: V2_ERROR_NUMBERS.map((errorNumber) => ({
        errorMessage: vppErrorText(errorNumber),
        errorNumber,
      })),
      limits: limitsOf(organization),
      notificationTypes: NOTIFICATION_TYPES,
      urls: {
        associateAssets: origin + V2_PATHS.associate,
        clientConfig: origin + V2_PATHS.clientConfig,
        contentMetadataLookup: metadataUrl(organization, origin),
        createUsers: origin + V2_PATHS.createUsers,
        disassociateAssets: origin + V2_PATHS.disassociate,
        eventStatus: origin + V2_PATHS.status,
        getAssets: origin + V2_PATHS.assets,
        getAssignments: origin + V2_PATHS.assignments,
        getUsers: origin + V2_PATHS.users,
        invitationEmail: invitationUrl(origin),
        retireUsers: origin + V2_PATHS.retireUsers,
        revokeAssets: origin + V2_PATHS.revoke,
        updateUsers: origin + V2_PATHS.updateUsers,
      },
    });
  },
});
