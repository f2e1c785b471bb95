import { vppError } from '../vpp/errors.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { flagIn, type LegacyBody, legacyReadScheme, textIn } from './authenticate.ts';
import { legacyOperation } from './legacy-operation.ts';
import { legacyAnswer } from './render.ts';

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Stored and returned. Notifications of v1 are never sent. */
function configIn(body: LegacyBody): Record<string, string> {
  const given = (['apnToken', 'notificationToken', 'notificationUrl'] as const).flatMap((name) => {
    const value = textIn(body, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

export const legacyClientConfig = legacyOperation({
  name: 'vpp.v1.client_config',
  service: 'VPPClientConfigSrv',
  about: 'v1: returns the location, and stores the context of the MDM',
  scheme: legacyReadScheme,
  errors: ['9602', '9637', '9645'],
  source: VPP_PAGES.legacyClientConfig,
  handler({ organization, caller }) {
    const { location, token, body } = caller;
    const { account, behavior } = organization;
    const clientContext = textIn(body, 'clientContext');
    const config = configIn(body);
    const writes = clientContext !== undefined || Object.keys(config).length > 0;
    if (writes && token.rights === 'read_only') return vppError('9637', 'the content token may only read');
    if (writes && location.managedByApple) {
      return vppError('9645', `"${location.name}" is managed by Apple's own service`);
    }
    if (clientContext !== undefined && bytesOf(clientContext) > behavior.vpp.v1_client_context_length) {
      const allowed = behavior.vpp.v1_client_context_length;
      return vppError('9602', `clientContext has ${bytesOf(clientContext)} bytes; ${allowed} are allowed`);
    }
    if (clientContext !== undefined) {
      organization.apply({
        type: 'content_client_context_set',
        location: location.index,
        // An empty one clears it: https://developer.apple.com/documentation/devicemanagement/protecting-your-vpp-account
        clientContext: clientContext === '' ? undefined : clientContext,
      });
    }
    if (Object.keys(config).length > 0) {
      organization.apply({ type: 'content_legacy_client_configured', location: location.index, config });
    }
    return legacyAnswer(organization, caller, {
      ...location.legacyConfig,
      ...(flagIn(body, 'verbose') ? { appleId: account.org_email } : {}),
      countryCode: location.country,
      defaultPlatform: location.platform,
      email: account.org_email,
      ...(token.kind === 'legacy' ? { libraryId: location.uId } : {}),
      organizationId: Number(location.uId),
      organizationIdHash: account.org_id_hash,
    });
  },
});
