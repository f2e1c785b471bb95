import type { Entrance, HttpRequest } from '../../core/request.ts';
import { headerFields } from '../header-fields.ts';

/** One that came out of HTTP itself, as of `node:http`, shows every field that its client sent. */
const WHOLE: Entrance = { transport: 'msw' };

/** A fetch says its user agent, its host and its length only behind the place where MSW takes it. */
const BEFORE_SENDING: Entrance = { transport: 'msw', hidesUserAgent: true };

/** All of a request but its body. `mount` is what of its path stands before Apple's. */
export function requestHead({ method, url, headers }: Request, mount: string, body: Uint8Array): HttpRequest {
  const { protocol, host, pathname, search } = new URL(url);
  const raw: string[] = [];
  headers.forEach((value, name) => {
    raw.push(name, value);
  });
  const fields = headerFields(raw).headers;
  return {
    method,
    scheme: protocol === 'http:' ? 'http' : 'https',
    authority: host,
    path: mount === '' ? pathname : pathname.slice(mount.length),
    mount: mount === '' ? undefined : mount,
    query: search.slice(1),
    headers: fields,
    body,
    entrance: fields.host === undefined ? BEFORE_SENDING : WHOLE,
  };
}
