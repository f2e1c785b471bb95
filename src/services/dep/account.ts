import { visibleMembers } from '../../engine/fields.ts';
import { operation } from '../../engine/service.ts';
import type { Behavior } from '../../organization/behavior.ts';
import type { MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { getAccountDrivenProfile } from './account-driven-profile.ts';
import { activationLock } from './activation-lock.ts';
import { assignProfile } from './assign-profile.ts';
import { sessionScheme } from './authenticate-session.ts';
import { betaTokens } from './beta-tokens.ts';
import { defineProfile } from './define-profile.ts';
import { roster } from './denied-paths.ts';
import { deviceDetails } from './device-details.ts';
import { disownDevices } from './disown-devices.ts';
import { fetchDevices } from './fetch-devices.ts';
import { DEP_FIELDS } from './fields.ts';
import { ADE_PAGES } from './pages.ts';
import { protocolVersion, written } from './render.ts';
import { replacementDetails } from './replacement-details.ts';
import { session } from './session.ts';
import { syncDevices } from './sync-devices.ts';

/** The form of recorded responses: https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json */
interface Url {
  readonly uri: string;
  readonly http_method: readonly string[];
  readonly limit?: { readonly default: number; readonly maximum: number };
}

/** The URLs that are served, in the order of recorded responses. */
function urlsOf({ behavior, account: { org_type } }: Organization): readonly Url[] {
  const limit = { default: behavior.dep.limit_default, maximum: behavior.dep.limit_max };
  const assignment = { both: ['POST', 'PUT'], put: ['PUT'], post: ['POST'] }[behavior.dep.assign_methods];
  return [
    { uri: session.path, http_method: ['GET'] },
    { uri: account.path, http_method: ['GET'] },
    { uri: deviceDetails.path, http_method: ['POST'] },
    { uri: fetchDevices.path, http_method: ['POST'], limit },
    { uri: syncDevices.path, http_method: ['POST'], limit },
    { uri: disownDevices.path, http_method: ['POST'] },
    { uri: defineProfile.path, http_method: ['GET', 'POST'] },
    { uri: assignProfile.path, http_method: ['DELETE', ...assignment] },
    { uri: activationLock.path, http_method: ['POST'] },
    { uri: replacementDetails.path, http_method: ['GET'] },
    { uri: getAccountDrivenProfile.path, http_method: ['DELETE', 'POST', 'GET'] },
    { uri: betaTokens.path, http_method: ['GET'] },
    ...(org_type === 'edu' ? roster.map(({ path }) => ({ uri: path, http_method: ['POST'] })) : []),
  ];
}

/** The responses of an MDM server by protocol version, written once as long as the behavior stays the same. */
interface AccountTexts {
  readonly behavior: Behavior;
  readonly byVersion: Map<number, string>;
}

const texts = new WeakMap<MdmServer, AccountTexts>();

function accountText(organization: Organization, server: MdmServer, version: number): string {
  const { behavior } = organization;
  let known = texts.get(server);
  if (known?.behavior !== behavior) {
    known = { behavior, byVersion: new Map() };
    texts.set(server, known);
  }
  let text = known.byVersion.get(version);
  if (text === undefined) {
    text = JSON.stringify(visibleMembers(DEP_FIELDS.account, version, detailOf(organization, server)));
    known.byVersion.set(version, text);
  }
  return text;
}

function detailOf(organization: Organization, server: MdmServer): Record<string, unknown> {
  const { org_name, org_email, org_phone, org_address, ...newer } = organization.account;
  return {
    server_name: server.serverName,
    server_uuid: server.serverUuid,
    admin_id: server.adminId,
    // Deprecated, and still there: https://github.com/petarov/apple-mdm-clients
    facilitator_id: server.adminId,
    org_name,
    org_email,
    org_phone,
    org_address,
    ...newer,
    urls: urlsOf(organization),
  };
}

export const account = operation({
  name: 'dep.account',
  methods: ['GET'],
  path: '/account',
  about: 'Returns the organization and its MDM server',
  scheme: sessionScheme,
  errors: [],
  source: ADE_PAGES.account,
  handler({ organization, request, caller: { server } }) {
    return written(organization, accountText(organization, server, protocolVersion(organization, request)));
  },
});
