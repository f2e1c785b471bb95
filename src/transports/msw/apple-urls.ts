import type { Engine } from '../../engine/engine.ts';

/** The URLs of Apple's services below one base URL. */
export interface AppleUrls {
  /** Matches a URL without its query. */
  readonly pattern: RegExp;
  /** The part of the path before Apple's path. */
  readonly mount: string;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** All paths on Apple's host names, on any port. */
function hostUrls(names: readonly string[]): AppleUrls {
  return { pattern: new RegExp(`^https?://(?:${names.map(escaped).join('|')})(?::\\d+)?/`), mount: '' };
}

/** A parameter of a path matches one segment. */
const pathPattern = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '[^/]*' : escaped(segment)))
    .join('/');

/**
 * Only Apple's paths below another base URL: it can be the origin of the page, and MSW must report other unhandled
 * requests there.
 */
function baseUrls({ services }: Engine, { protocol, host, pathname }: URL, anyScheme: boolean): AppleUrls {
  const mount = pathname.replace(/\/+$/, '');
  const scheme = anyScheme ? 'https?:' : protocol;
  const paths = services.flatMap(({ operations }) => operations.map(({ path }) => pathPattern(path)));
  const pattern = `^${scheme}//${escaped(host)}${escaped(mount)}(?:${[...new Set(paths)].join('|')})$`;
  return { pattern: new RegExp(pattern), mount };
}

const hasScheme = (host: string): boolean => host.includes('://');

function parsed(host: string): URL | undefined {
  const { location } = globalThis as { location?: { href: string } };
  try {
    if (host.startsWith('/')) return location === undefined ? undefined : new URL(host, location.href);
    return new URL(hasScheme(host) ? host : `http://${host}`);
  } catch {
    return undefined;
  }
}

/** @throws TypeError if it is neither a host name nor a URL */
function urlOf(host: string): URL {
  const url = parsed(host);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url;
  throw new TypeError(
    `hosts: ${JSON.stringify(host)} is neither a host name such as vpp.itunes.apple.com nor a base URL such as http://localhost:8990`,
  );
}

/** Apple's host names (only those among `hosts`, if there are any), and every base URL among `hosts`. */
export function appleUrls(engine: Engine, hosts: readonly string[]): readonly AppleUrls[] {
  const appleHosts = engine.hosts;
  const named = hosts.map((host) => ({ host, url: urlOf(host) }));
  const isApple = ({ url }: { url: URL }): boolean => appleHosts.includes(url.hostname);
  const selected = named.filter(isApple).map(({ url }) => url.hostname);
  return [
    hostUrls(selected.length === 0 ? appleHosts : selected),
    ...named
      .filter((one) => !isApple(one))
      .map(({ host, url }) => baseUrls(engine, url, !hasScheme(host) && !host.startsWith('/'))),
  ];
}
