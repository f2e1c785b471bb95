import { currentToken } from '../../../src/organization/enrollment/mdm-server.ts';
import type { Organization } from '../../../src/organization/organization.ts';
import { oauthHeader, oauthParameters } from '../../dep/mdm.ts';

export const DEP = 'https://mdmenrollment.apple.com';

/** Signs `GET /session` below a base URL. */
export function signature(organization: Organization, base: string): { readonly authorization: string } {
  const token = currentToken(organization.enrollment.servers[0]!);
  return { authorization: oauthHeader(oauthParameters(token, { url: `${base}/session` })) };
}

/** The session header of a fetch. */
export async function openSession(
  organization: Organization,
  base: string = DEP,
): Promise<{ readonly 'x-adm-auth-session': string }> {
  const answer = await fetch(`${base}/session`, { headers: signature(organization, base) });
  const { auth_session_token } = (await answer.json()) as { auth_session_token: string };
  return { 'x-adm-auth-session': auth_session_token };
}
