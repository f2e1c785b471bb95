import type { Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';

const CHECK_DIGITS = 8;

const checkOf = ({ runtime }: Organization, text: string): string =>
  runtime.identifiers.hex(`subscription cursor ${text}`, CHECK_DIGITS);

/** Opaque to clients; it names the list, the filter and the place. */
export function writeSubscriptionCursor(
  organization: Organization,
  { uId }: Location,
  list: string,
  offset: number,
): string {
  const text = `${uId}/${list}/${offset}`;
  return btoa(`${offset}:${checkOf(organization, text)}`);
}

export function readSubscriptionCursor(
  organization: Organization,
  { uId }: Location,
  list: string,
  cursor: string,
): number | undefined {
  try {
    const [offset = '', check] = atob(cursor).split(':');
    if (!/^\d{1,9}$/.test(offset)) return undefined;
    return checkOf(organization, `${uId}/${list}/${Number(offset)}`) === check ? Number(offset) : undefined;
  } catch {
    return undefined;
  }
}
