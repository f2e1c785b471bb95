import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { writeScheme } from './authenticate.ts';
import { commonMembers, json } from './render.ts';

/** Apple's sample names an MDM that is not set as null, here alone. */
const turn = (enabled: boolean, about: string, source: string) =>
  operation({
    about,
    scheme: writeScheme,
    errors: enabled ? [] : ['9818'],
    source,
    handler({ organization, caller }) {
      const { location } = caller;
      if (!enabled && location.subscriptions.some(({ renewing, expiring }) => renewing + expiring > 0)) {
        return vppError('9818', `"${location.name}" has subscriptions`);
      }
      organization.apply({ type: 'content_subscriptions_switched', location: location.index, enabled });
      return json({
        mdmInfo: null,
        subscriptionManagement: enabled ? 'ENABLED' : 'DISABLED',
        ...commonMembers(organization, caller),
      });
    },
  });

export const enableSubscriptions = turn(
  true,
  'Declares that the MDM can manage subscriptions',
  VPP_PAGES.enableSubscriptions,
);

export const disableSubscriptions = turn(
  false,
  'Takes that declaration back, while there are none',
  VPP_PAGES.disableSubscriptions,
);
