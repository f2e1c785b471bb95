import { sha256 } from './digest.ts';

/** Hexadecimal digits of an organization's tag. */
export const TAG_DIGITS = 6;

/**
 * The tag of an organization: the first six hexadecimal digits, in lower case, of SHA-256 of its id. Every generated
 * credential carries it at a fixed place. A proxy can therefore route a request without a lookup:
 *
 * - consumer key: the six digits after `CK_`
 * - session token: the six digits after `O1O`, in upper case
 * - content token: the first six characters of the `token` member
 * - MDM topic: the six digits after `com.apple.mgmt.External.`
 * - team id and key id: the first six characters, in upper case, with `G` for 0 and `H` for 1 (see `tagInAppleId`)
 * - device token: the first three bytes, which are the first six digits
 *
 * The tag is for routing only. Two ids may share a tag; the rest of a credential differs.
 */
export const organizationTag = (organization: string): string =>
  sha256(new TextEncoder().encode(organization)).slice(0, TAG_DIGITS);

/**
 * The tag in the alphabet of team ids and key ids: upper-case letters and digits without 0, 1, I and O. (Apple does not
 * publish the alphabet; the team ids of well-known vendors have none of these four.) G and H are not hexadecimal digits,
 * so the tag can be read back.
 */
export const tagInAppleId = (tag: string): string =>
  tag.toUpperCase().replaceAll('0', 'G').replaceAll('1', 'H');
