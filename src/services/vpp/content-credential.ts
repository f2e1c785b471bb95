import { sha256 } from '../../core/digest.ts';
import type { HttpRequest } from '../../core/request.ts';
import { tokenOfCredential } from '../../organization/content/content-token.ts';

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

/** The `token` of the content token that a v2 request carries. */
export function bearerToken(request: HttpRequest): string | undefined {
  const bearer = bearerOf(request);
  return bearer === undefined ? undefined : tokenOfCredential(bearer);
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
