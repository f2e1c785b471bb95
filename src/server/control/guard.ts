import type { HttpRequest } from '../../core/request.ts';
import { ControlError, quoted } from './control-error.ts';

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[^:@/?#\s[\]]+)(?::\d{1,5})?$/i;
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const HINT = 'the control API answers loopback names; --allow-host NAME adds one';

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Keeps web pages of other origins out, those included that let their own name point here (DNS rebinding). */
export function createGuard(allowHosts: readonly string[]): (request: HttpRequest) => void {
  const allowed = new Set(allowHosts.map(plainName));
  const welcome = (host: string): boolean => LOOPBACK.test(host) || allowed.has(host);

  /** @throws ControlError */
  return ({ authority, headers }) => {
    const host = AUTHORITY.exec(authority)?.[1];
    if (host === undefined || !welcome(plainName(host))) {
      throw new ControlError(403, `the host ${quoted(authority)} is not allowed here`, HINT);
    }
    if (headers.origin !== undefined && !welcome(originHost(headers.origin))) {
      throw new ControlError(403, `the origin ${quoted(headers.origin)} is not allowed here`, HINT);
    }
    if (headers['sec-fetch-site']?.trim().toLowerCase() === 'cross-site') {
      throw new ControlError(
        403,
        'a page of another site asked for this',
        'open the address itself, or ask from a program',
      );
    }
  };
}

/** Empty, which nobody is called, for `null` and for anything else that names no host. */
function originHost(origin: string): string {
  try {
    return plainName(new URL(origin).hostname);
  } catch {
    return '';
  }
}
