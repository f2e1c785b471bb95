import { sha256 } from '../../core/digest.ts';
import type { HttpRequest } from '../../core/request.ts';
import { type ContentToken, tokenOfCredential } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';

const encoder = new TextEncoder();
const MOST_KNOWN = 1000;
const known = new Map<string, string>();

/** The key of a content token in the credential index: a digest, so that hints do not reveal the token. */
export function contentCredential(token: string): string {
  let credential = known.get(token);
  if (credential === undefined) {
    credential = `content_token:${sha256(encoder.encode(token))}`;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(token, credential);
  }
  return credential;
}

/** The text after `Bearer`; undefined if the header is missing or of another scheme. */
export function bearerOf(request: HttpRequest): string | undefined {
  return /^Bearer\s+(\S.*)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1];
}

/** The content token of the cookie `itvt`, which shows custom apps to their owner in the metadata services. */
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

/** The holder of a content token. */
export interface ContentManager {
  readonly location: Location;
  /** Index of the content token in the location. */
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
