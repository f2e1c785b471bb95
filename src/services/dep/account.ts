import type { MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { gate } from '../fields.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { DEP_PATHS, ROSTER_PATHS } from './endpoints.ts';
import { ADE_PAGES } from './pages.ts';
import { protocolVersion } from './protocol-version.ts';
import { written } from './render.ts';

/** The form of recorded answers: https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json */
interface Url {
  readonly uri: string;
  readonly http_method: readonly string[];
  readonly limit?: { readonly default: number; readonly maximum: number };
}

/** What is advertised is what is enforced. */
function urlsOf({ behavior, account }: Organization): readonly Url[] {
  const limit = { default: behavior.dep.limit_default, maximum: behavior.dep.limit_max };
  const assignment = { both: ['POST', 'PUT'], put: ['PUT'], post: ['POST'] }[behavior.dep.assign_methods];
  return [
    { uri: DEP_PATHS.session, http_method: ['GET'] },
    { uri: DEP_PATHS.account, http_method: ['GET'] },
    { uri: DEP_PATHS.details, http_method: ['POST'] },
    { uri: DEP_PATHS.fetch, http_method: ['POST'], limit },
    { uri: DEP_PATHS.sync, http_method: ['POST'], limit },
    { uri: DEP_PATHS.disown, http_method: ['POST'] },
    { uri: DEP_PATHS.profile, http_method: ['GET', 'POST'] },
    { uri: DEP_PATHS.assignment, http_method: ['DELETE', ...assignment] },
    { uri: DEP_PATHS.activationLock, http_method: ['POST'] },
    { uri: DEP_PATHS.replacement, http_method: ['GET'] },
    { uri: DEP_PATHS.accountDriven, http_method: ['DELETE', 'POST', 'GET'] },
    { uri: DEP_PATHS.betaTokens, http_method: ['GET'] },
    ...(account.org_type === 'edu' ? ROSTER_PATHS.map((uri) => ({ uri, http_method: ['POST'] })) : []),
  ];
}

/** An MDM server and its organization stay what they are, so that each version's answer is written once. */
const texts = new WeakMap<MdmServer, Map<number, string>>();

function accountText(organization: Organization, server: MdmServer, version: number): string {
  const known = texts.get(server) ?? new Map<number, string>();
  texts.set(server, known);
  const text =
    known.get(version) ?? JSON.stringify(gate('dep', 'account', version, detailOf(organization, server)));
  known.set(version, text);
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
  about: 'Tells about the organization and its MDM server',
  scheme: sessionScheme,
  errors: [],
  source: ADE_PAGES.account,
  handler({ organization, request, caller: { server } }) {
    return written(organization, accountText(organization, server, protocolVersion(organization, request)));
  },
});
