import type { HttpRequest } from '../../core/request.ts';
import { ControlError, quoted } from './control-error.ts';

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[^:@/?#\s[\]]+)(?::\d{1,5})?$/i;
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const HINT = 'use a loopback name, or add the host with --allow-host NAME';

const normalized = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Rejects requests of web pages of other origins, also of those whose host name resolves to this machine (DNS rebinding). */
export function createGuard(allowHosts: readonly string[]): (request: HttpRequest) => void {
  const allowed = new Set(allowHosts.map(normalized));
  const isAllowed = (host: string): boolean => LOOPBACK.test(host) || allowed.has(host);

  /** @throws ControlError */
  return ({ authority, headers }) => {
    const host = AUTHORITY.exec(authority)?.[1];
    if (host === undefined || !isAllowed(normalized(host))) {
      throw new ControlError(
        403,
        `the control API is not available under the host ${quoted(authority)}`,
        HINT,
      );
    }
    if (headers.origin !== undefined && !isAllowed(originHost(headers.origin))) {
      throw new ControlError(403, `the origin ${quoted(headers.origin)} is not allowed`, HINT);
    }
    if (headers['sec-fetch-site']?.trim().toLowerCase() === 'cross-site') {
      throw new ControlError(
        403,
        'the request was sent by a page of another site',
        'open the URL directly, or send the request from a program',
      );
    }
  };
}

/** Empty, which is no host name, for `null` and anything else without a host name. */
function originHost(origin: string): string {
  try {
    return normalized(new URL(origin).hostname);
  } catch {
    return '';
  }
}
