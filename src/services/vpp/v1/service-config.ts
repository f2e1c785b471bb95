import { operation } from '../../operation.ts';
import { V1_ERROR_NUMBERS, vppErrorText } from '../errors.ts';
import { originOf } from '../origin.ts';
import { VPP_PAGES } from '../pages.ts';
import { invitationUrl, metadataUrl } from '../v2/service-config.ts';
import { legacyAnybodyScheme } from './authenticate.ts';
import { familyOf } from './family.ts';
import { legacyJson } from './render.ts';

/** Services by the member that names their URL. */
const URLS = {
  associateLicenseSrvUrl: 'associateVPPLicenseSrv',
  clientConfigSrvUrl: 'VPPClientConfigSrv',
  disassociateLicenseSrvUrl: 'disassociateVPPLicenseSrv',
  editUserSrvUrl: 'editVPPUserSrv',
  getAssignmentsSrvUrl: 'getAssignments',
  getLicensesSrvUrl: 'getVPPLicensesSrv',
  getUserSrvUrl: 'getVPPUserSrv',
  getUsersSrvUrl: 'getVPPUsersSrv',
  getVPPAssetsSrvUrl: 'getVPPAssetsSrv',
  manageVPPLicensesByAdamIdSrvUrl: 'manageVPPLicensesByAdamIdSrv',
  registerUserSrvUrl: 'registerVPPUserSrv',
  retireUserSrvUrl: 'retireVPPUserSrv',
} as const;

export const legacyServiceConfig = operation({
  about: 'v1: tells URLs, errors and the sizes of batches',
  scheme: legacyAnybodyScheme,
  errors: [],
  source: VPP_PAGES.legacyServiceConfig,
  handler({ organization, request }) {
    const origin = originOf(request);
    const base = origin + familyOf(request.path);
    const { v1_max_associate, v1_max_disassociate } = organization.behavior.vpp;
    return legacyJson({
      ...Object.fromEntries(Object.entries(URLS).map(([member, service]) => [member, base + service])),
      contentMetadataLookupUrl: metadataUrl(organization, origin),
      errorCodes: V1_ERROR_NUMBERS.map((errorNumber) => ({
        errorMessage: vppErrorText(errorNumber),
        errorNumber,
      })),
      invitationEmailUrl: invitationUrl(origin),
      maxBatchAssociateLicenseCount: v1_max_associate,
      maxBatchDisassociateLicenseCount: v1_max_disassociate,
      status: 0,
      vppWebsiteUrl: 'https://business.apple.com',
    });
  },
});
