import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { legacyReadScheme } from './authenticate.ts';
import { serviceAt } from './family.ts';

export const removedServices = operation({
  about: 'v1: a service that was removed',
  scheme: legacyReadScheme,
  errors: ['9634'],
  source: VPP_PAGES.legacyErrors,
  handler: ({ request: { path } }) =>
    vppError('9634', `${serviceAt(path)} was removed; manageVPPLicensesByAdamIdSrv does it`),
});
