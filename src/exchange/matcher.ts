import { UNSERVED_APPLE_HOSTS } from '../catalogue/apple-hosts.ts';
import { type HttpRequest, hostName } from '../http/request.ts';
import type { Operation, Service } from '../services/operation.ts';
import {
  createPathPattern,
  isPattern,
  NO_PARAMETERS,
  type PathParameters,
  type PathPattern,
} from './path-pattern.ts';

export interface Route {
  readonly service: Service;
  readonly operation: Operation;
}

export type Match =
  | { readonly kind: 'operation'; readonly route: Route; readonly parameters: PathParameters }
  /** The path exists; of its operations one is named, so that the caller can be told by its scheme. */
  | { readonly kind: 'wrong_method'; readonly route: Route; readonly methods: readonly string[] }
  | { readonly kind: 'unknown_path'; readonly service: Service | undefined }
  | { readonly kind: 'unserved_host'; readonly host: string; readonly about: string };

export type Matcher = (request: HttpRequest) => Match;

interface Found {
  readonly routes: readonly Route[];
  readonly parameters: PathParameters;
}

/** Finds the operation of a request, for every door alike: exact paths by map, patterns after. */
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
    if (host.endsWith('.apple.com')) {
      const about = UNSERVED_APPLE_HOSTS[host];
      if (about !== undefined) return { kind: 'unserved_host', host, about };
    }
    const only = byHost.get(host);
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

/** A loop without closures: it stands on the way of every request. */
function routeFor(method: string, routes: readonly Route[]): Route | undefined {
  for (const route of routes) {
    if ((route.operation.methods as readonly string[]).includes(method)) return route;
  }
  return undefined;
}
