import type { Organization } from '../../organization/organization.ts';

/** The key of the former simulator's credentials in the credential index. */
export const DEPSIM_CREDENTIAL = 'depsim';

export const consumerKeyCredential = (consumerKey: string): string => `consumer_key:${consumerKey}`;

/**
 * Thirteen digits of milliseconds, `O1O`, then upper-case hexadecimal blocks joined by `O`, about 180 characters: the
 * form of recorded tokens (https://github.com/petarov/apple-mdm-clients). The first block begins with the
 * tag of the organization and names it, so that even an expired session finds it.
 */
const FORM = /^\d{13}O1O([0-9A-F]{32})O/;

const organizationBlock = (organization: Organization): string =>
  organization.runtime.identifiers.taggedHex('session tokens', 32).toUpperCase();

export function nextSessionToken(organization: Organization): string {
  const { clock, identifiers } = organization.runtime;
  const label = identifiers.next('session');
  const issued = String(Math.max(0, clock.now())).padStart(13, '0').slice(-13);
  const blocks = [
    organizationBlock(organization),
    identifiers.hex(`${label} a`, 64),
    identifiers.hex(`${label} b`, 64),
  ];
  return `${issued}O1O${blocks.join('O')}`;
}

export const sessionCredential = (organization: Organization): string =>
  `session:${organizationBlock(organization)}`;

/** The credential of the organization that issued a token; one that no organization has if it was not issued here. */
export function credentialOfToken(token: string): string {
  return `session:${FORM.exec(token)?.[1] ?? 'foreign'}`;
}
