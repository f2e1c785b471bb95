import { type HttpRequest, hostName } from '../core/request.ts';
import { UNSERVED_APPLE_HOSTS } from './apple-hosts.ts';
import { nearestWord } from './matching/nearest-word.ts';
import type { Operation, PathParameters, Service } from './service.ts';

/** An operation with its service. */
export interface Route {
  readonly service: Service;
  readonly operation: Operation;
}

export type Match =
  | { readonly kind: 'operation'; readonly route: Route; readonly parameters: PathParameters }
  /** The path exists; `route` is one of its operations, for its authentication scheme and its errors. */
  | { readonly kind: 'wrong_method'; readonly route: Route; readonly methods: readonly string[] }
  | { readonly kind: 'unknown_path'; readonly service: Service | undefined }
  | { readonly kind: 'unserved_host'; readonly host: string; readonly about: string };

export type Matcher = (request: HttpRequest) => Match;

interface Found {
  readonly routes: readonly Route[];
  readonly parameters: PathParameters;
}

/** Finds the operation of a request: exact paths in a map first, then patterns. */
export function createMatcher(services: readonly Service[]): Matcher {
  const byPath = new Map<string, Route[]>();
  const byHost = new Map<string, Service[]>();
  for (const service of services) {
    for (const host of service.hosts) byHost.set(host, [...(byHost.get(host) ?? []), service]);
    for (const operation of service.operations) {
      const routes = byPath.get(operation.path);
      if (routes === undefined) byPath.set(operation.path, [{ service, operation }]);
      else routes.push({ service, operation });
    }
  }
  const patterns: readonly (readonly [PathPattern, readonly Route[]])[] = [...byPath]
    .filter(([path]) => isPattern(path))
    .map(([path, routes]) => [createPathPattern(path), routes]);

  function find(path: string): Found | undefined {
    const exact = byPath.get(path);
    if (exact !== undefined) return { routes: exact, parameters: NO_PARAMETERS };
    for (const [pattern, routes] of patterns) {
      const parameters = pattern.match(path);
      if (parameters !== undefined) return { routes, parameters };
    }
    return undefined;
  }

  const ownerOf = (path: string): Service | undefined =>
    services.find(({ roots }) => roots?.some((root) => path.startsWith(root)));

  return (request) => {
    const host = hostName(request.authority);
    const only = byHost.get(host);
    if (only === undefined && host.endsWith('.apple.com')) {
      const about = UNSERVED_APPLE_HOSTS[host];
      if (about !== undefined) return { kind: 'unserved_host', host, about };
    }
    const found = find(request.path);
    const routes = found === undefined ? [] : servedBy(only, found.routes);
    const [first] = routes;
    if (found === undefined || first === undefined)
      return { kind: 'unknown_path', service: only?.[0] ?? ownerOf(request.path) };
    const route = routeFor(request.method, routes);
    if (route !== undefined) return { kind: 'operation', route, parameters: found.parameters };
    const methods = routes.flatMap(({ operation }) => operation.methods);
    return { kind: 'wrong_method', route: first, methods };
  };
}

const servedBy = (services: readonly Service[] | undefined, routes: readonly Route[]): readonly Route[] =>
  services === undefined ? routes : routes.filter(({ service }) => services.includes(service));

/** A loop without closures, because every request runs it. */
function routeFor(method: string, routes: readonly Route[]): Route | undefined {
  for (const route of routes) {
    if ((route.operation.methods as readonly string[]).includes(method)) return route;
  }
  return undefined;
}

export const NO_PARAMETERS: PathParameters = {};

export interface PathPattern {
  match(path: string): PathParameters | undefined;
}

export const isPattern = (path: string): boolean => path.includes('{');

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A placeholder such as `{token}` takes one segment, which may be empty. */
export function createPathPattern(path: string): PathPattern {
  const segments = path.split('/');
  const prefix = path.slice(0, path.indexOf('{'));
  const lastName = segments.at(-1)!.slice(1, -1);
  // One placeholder, at the end, as in the path of a push: the path need not be split.
  if (path === `${prefix}{${lastName}}`) {
    return {
      match(requested) {
        if (!requested.startsWith(prefix) || requested.includes('/', prefix.length)) return undefined;
        const parameters: Record<string, string> = {};
        parameters[lastName] = decoded(requested.slice(prefix.length));
        return parameters;
      },
    };
  }
  return {
    match(requested) {
      if (!requested.startsWith(prefix)) return undefined;
      const given = requested.split('/');
      if (given.length !== segments.length) return undefined;
      const parameters: Record<string, string> = {};
      for (let place = 0; place < segments.length; place += 1) {
        const segment = segments[place]!;
        if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decoded(given[place]!);
        else if (segment !== given[place]) return undefined;
      }
      return parameters;
    },
  };
}

/** Why a path is not found, with the nearest path that is served. */
export function nearestPath(services: readonly Service[], request: HttpRequest): string {
  const paths = [...new Set(services.flatMap(({ operations }) => operations.map(({ path }) => path)))];
  const requested = request.path.slice(0, 200);
  const trailing = paths.find((path) => requested.endsWith(path));
  if (trailing !== undefined) {
    return `nothing is served under ${requested}; ${trailing} is: the base URL must have no path`;
  }
  const nearest = nearestWord(requested, paths);
  return nearest === undefined
    ? `nothing is served under ${requested}`
    : `nothing is served under ${requested}; did you mean ${nearest}?`;
}
