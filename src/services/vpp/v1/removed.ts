import { VPP_PAGES } from '../../../catalogue/vpp/pages.ts';
import { vppError } from '../vpp-error.ts';
import { legacyReadScheme } from './authenticate.ts';
import { legacyService } from './legacy-service.ts';

const REMOVED = [
  'associateVPPLicenseSrv',
  'disassociateVPPLicenseSrv',
  'associateVPPLicenseWithVPPUserSrv',
  'disassociateVPPLicenseFromVPPUserSrv',
] as const;

/** Calls by license id, which Apple took away: https://developer.apple.com/documentation/devicemanagement/interpreting-error-codes */
export const removedServices = REMOVED.flatMap((service) =>
  legacyService({
    name: 'vpp.v1.removed',
    about: 'v1: a service that was removed',
    service,
    scheme: legacyReadScheme,
    errors: ['9634'],
    source: VPP_PAGES.legacyErrors,
    handler: () => vppError('9634', `${service} was removed; manageVPPLicensesByAdamIdSrv does it`),
  }),
);
