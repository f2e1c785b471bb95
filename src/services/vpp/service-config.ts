import { operation } from '../../engine/service.ts';
import { NOTIFICATION_TYPES } from '../../organization/content/notification.ts';
import type { Organization } from '../../organization/organization.ts';
import { lookup } from '../metadata/lookup.ts';
import { anybodyScheme } from './authenticate.ts';
import { clientConfig } from './client-config.ts';
import { V2_ERROR_NUMBERS, vppErrorText } from './errors.ts';
import { status } from './events.ts';
import { getAssets } from './get-assets.ts';
import { getAssignments } from './get-assignments.ts';
import { getUsers } from './get-users.ts';
import { associateAssets, disassociateAssets, revokeAssets } from './manage-assets.ts';
import { createUsers, retireUsers, updateUsers } from './manage-users.ts';
import { VPP_PAGES } from './pages.ts';
import { json, originOf } from './render.ts';

/** The limits of the behavior settings. */
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

/** Apple's sample escapes the placeholder twice, and clients expect that. */
export const invitationUrl = (origin: string): string =>
  `${origin}/WebObjects/MZFinance.woa/wa/associateVPPUserWithITSAccount?inviteCode=%25inviteCode%25&mt=8`;

export const metadataUrl = ({ behavior }: Organization, origin: string): string =>
  behavior.vpp.metadata_url === '' ? `${origin}${lookup.path}` : behavior.vpp.metadata_url;

export const serviceConfig = operation({
  name: 'vpp.service_config',
  methods: ['GET'],
  path: '/mdm/v2/service/config',
  about: 'Returns limits, URLs, notification types and errors',
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
        associateAssets: origin + associateAssets.path,
        clientConfig: origin + clientConfig.path,
        contentMetadataLookup: metadataUrl(organization, origin),
        createUsers: origin + createUsers.path,
        disassociateAssets: origin + disassociateAssets.path,
        eventStatus: origin + status.path,
        getAssets: origin + getAssets.path,
        getAssignments: origin + getAssignments.path,
        getUsers: origin + getUsers.path,
        invitationEmail: invitationUrl(origin),
        retireUsers: origin + retireUsers.path,
        revokeAssets: origin + revokeAssets.path,
        updateUsers: origin + updateUsers.path,
      },
    });
  },
});
