import { V1_ERROR_NUMBERS, vppError, vppErrorText } from '../vpp/errors.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { originOf } from '../vpp/render.ts';
import { invitationUrl, metadataUrl } from '../vpp/service-config.ts';
import { legacyAnybodyScheme, legacyReadScheme } from './authenticate.ts';
import { legacyOperation, prefixOf } from './legacy-operation.ts';
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

export const legacyServiceConfig = legacyOperation({
  name: 'vpp.v1.service_config',
  service: 'VPPServiceConfigSrv',
  about: 'v1: returns URLs, errors and batch sizes',
  scheme: legacyAnybodyScheme,
  errors: [],
  source: VPP_PAGES.legacyServiceConfig,
  handler({ organization, request }) {
    const origin = originOf(request);
    const base = origin + prefixOf(request.path);
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

/** Calls by license id, which Apple removed: https://developer.apple.com/documentation/devicemanagement/interpreting-error-codes */
export const removedServices = [
  'associateVPPLicenseSrv',
  'disassociateVPPLicenseSrv',
  'associateVPPLicenseWithVPPUserSrv',
  'disassociateVPPLicenseFromVPPUserSrv',
].flatMap((service) =>
  legacyOperation({
    name: 'vpp.v1.removed',
    service,
    about: 'v1: a service that was removed',
    scheme: legacyReadScheme,
    errors: ['9634'],
    source: VPP_PAGES.legacyErrors,
    handler: () => vppError('9634', `${service} was removed; manageVPPLicensesByAdamIdSrv does it`),
  }),
);
