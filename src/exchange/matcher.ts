import { UNSERVED_APPLE_HOSTS } from '../catalogue/apple-hosts.ts';
import { type HttpRequest, hostName } from '../http/request.ts';
import type { Operation, Service } from '../services/operation.ts';

export interface Route {
  readonly service: Service;
  readonly operation: Operation;
}

export type Match =
  | { readonly kind: 'operation'; readonly route: Route }
  /** The path exists; of its operations one is named, so that the caller can be told by its scheme. */
  | { readonly kind: 'wrong_method'; readonly route: Route; readonly methods: readonly string[] }
  | { readonly kind: 'unknown_path'; readonly service: Service | undefined }
  | { readonly kind: 'unserved_host'; readonly host: string; readonly about: string };

export type Matcher = (request: HttpRequest) => Match;

/** Finds the operation of a request, for every door alike. Apple's paths do not collide, so that one map serves. */
export function createMatcher(services: readonly Service[]): Matcher {
  const byPath = new Map<string, Route[]>();
  const byHost = new Map<string, Service>();
  for (const service of services) {
    for (const host of service.hosts) byHost.set(host, service);
    for (const operation of service.operations) {
      const routes = byPath.get(operation.path);
      if (routes === undefined) byPath.set(operation.path, [{ service, operation }]);
      else routes.push({ service, operation });
    }
  }

  return (request) => {
    const host = hostName(request.authority);
    if (host.endsWith('.apple.com')) {
      const about = UNSERVED_APPLE_HOSTS[host];
      if (about !== undefined) return { kind: 'unserved_host', host, about };
    }
    const only = byHost.get(host);
    const routes =
      byPath.get(request.path)?.filter(({ service }) => only === undefined || service === only) ?? [];
    const [first] = routes;
    if (first === undefined) return { kind: 'unknown_path', service: only };
    const route = routes.find(({ operation }) =>
      operation.methods.some((method) => method === request.method),
    );
    if (route !== undefined) return { kind: 'operation', route };
    const methods = routes.flatMap(({ operation }) => operation.methods);
    return { kind: 'wrong_method', route: first, methods };
  };
}
