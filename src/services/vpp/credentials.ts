import { sha256 } from '../../core/digest.ts';
import type { HttpRequest } from '../../core/request.ts';
import { type ContentToken, tokenOfCredential } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';

const encoder = new TextEncoder();
const MOST_KNOWN = 1000;
const known = new Map<string, string>();

/** How a content token stands in the register of organizations: as a digest, so that no hint gives it away. */
export function contentCredential(token: string): string {
  let credential = known.get(token);
  if (credential === undefined) {
    credential = `content_token:${sha256(encoder.encode(token))}`;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(token, credential);
  }
  return credential;
}

/** What stands after `Bearer`; undefined where the header is missing or of another kind. */
export function bearerOf(request: HttpRequest): string | undefined {
  return /^Bearer\s+(\S.*)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1];
}

/** The content token of the cookie `itvt`, by which the metadata services tell whose custom apps may be seen. */
export function cookieToken(request: HttpRequest): string | undefined {
  const cookie = /(?:^|;)\s*itvt=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (cookie === undefined) return undefined;
  return tokenOfCredential(decoded(cookie.trim().replace(/^"|"$/g, '')));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An MDM that acts for a location. */
export interface ContentManager {
  readonly location: Location;
  /** Index of the content token among those of the location. */
  readonly number: number;
  readonly token: Readonly<ContentToken>;
}

export function managerWith({ content }: Organization, token: string): ContentManager | undefined {
  for (const location of content.locations) {
    const number = location.tokens.findIndex((each) => each.token === token);
    if (number >= 0) return { location, number, token: location.tokens[number]! };
  }
  return undefined;
}
