import type { Engine } from '../../engine/engine.ts';

/** Where Apple is found: which URLs, and what of their paths stands before Apple's own. */
export interface Place {
  /** Of a URL without query. */
  readonly pattern: RegExp;
  readonly mount: string;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Everything under Apple's own names, whatever the port. */
function appleNames(names: readonly string[]): Place {
  return { pattern: new RegExp(`^https?://(?:${names.map(escaped).join('|')})(?::\\d+)?/`), mount: '' };
}

/** One segment each for the places of a path, as the matcher takes them. */
const pathPattern = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '[^/]*' : escaped(segment)))
    .join('/');

/**
 * Apple's paths under another base URL and nothing else there: it may be the page's own, and MSW shall tell of a
 * path that nobody handles.
 */
function baseUrl({ services }: Engine, { protocol, host, pathname }: URL, anyScheme: boolean): Place {
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

/** @throws TypeError where it is neither a host name nor a URL */
function urlOf(host: string): URL {
  const url = parsed(host);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url;
  throw new TypeError(
    `hosts: ${JSON.stringify(host)} is neither a host name such as vpp.itunes.apple.com nor a base URL such as http://localhost:8990`,
  );
}

/** Of Apple's own names all, unless some are among the hosts; beside them every base URL among the hosts. */
export function placesOf(engine: Engine, hosts: readonly string[]): readonly Place[] {
  const ofApple = engine.hosts;
  const named = hosts.map((host) => ({ host, url: urlOf(host) }));
  const isApple = ({ url }: { url: URL }): boolean => ofApple.includes(url.hostname);
  const apple = named.filter(isApple).map(({ url }) => url.hostname);
  return [
    appleNames(apple.length === 0 ? ofApple : apple),
    ...named
      .filter((one) => !isApple(one))
      .map(({ host, url }) => baseUrl(engine, url, !hasScheme(host) && !host.startsWith('/'))),
  ];
}
