import { type HttpRequest, hostName } from '../core/request.ts';
import { UNSERVED_APPLE_HOSTS } from '../services/apple-hosts.ts';
import type { Operation, OperationRow, Service, ServiceTable } from '../services/operation.ts';
import {
  createPathPattern,
  isPattern,
  NO_PARAMETERS,
  type PathParameters,
  type PathPattern,
} from './path-pattern.ts';

/** What answers where a request leads. */
export interface Served {
  readonly service: Service;
  readonly operation: Operation;
}

/** Where a request leads: a row of a table. */
export class Route {
  readonly table: ServiceTable;
  readonly row: OperationRow;
  #served: Served | undefined;

  constructor(table: ServiceTable, row: OperationRow) {
    this.table = table;
    this.row = row;
  }

  /** What answers there; undefined until the service has come. */
  get served(): Served | undefined {
    if (this.#served !== undefined) return this.#served;
    const { rows, service } = this.table;
    if (service.value === undefined) return undefined;
    this.#served = { service: service.value, operation: service.value.operations[rows.indexOf(this.row)]! };
    return this.#served;
  }
}

export type Match =
  | { readonly kind: 'operation'; readonly route: Route; readonly parameters: PathParameters }
  /** The path exists; of its operations one is named, so that the caller can be told by its scheme. */
  | { readonly kind: 'wrong_method'; readonly route: Route; readonly methods: readonly string[] }
  | { readonly kind: 'unknown_path'; readonly table: ServiceTable | undefined }
  | { readonly kind: 'unserved_host'; readonly host: string; readonly about: string };

export type Matcher = (request: HttpRequest) => Match;

interface Found {
  readonly routes: readonly Route[];
  readonly parameters: PathParameters;
}

/** Finds the operation of a request, for every transport alike: exact paths by map, patterns after. */
export function createMatcher(tables: readonly ServiceTable[]): Matcher {
  const byPath = new Map<string, Route[]>();
  const byHost = new Map<string, ServiceTable[]>();
  for (const table of tables) {
    for (const host of table.hosts) byHost.set(host, [...(byHost.get(host) ?? []), table]);
    for (const row of table.rows) {
      const routes = byPath.get(row.path);
      if (routes === undefined) byPath.set(row.path, [new Route(table, row)]);
      else routes.push(new Route(table, row));
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

  const ownerOf = (path: string): ServiceTable | undefined =>
    tables.find(({ roots }) => roots?.some((root) => path.startsWith(root)));

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
      return { kind: 'unknown_path', table: only?.[0] ?? ownerOf(request.path) };
    const route = routeFor(request.method, routes);
    if (route !== undefined) return { kind: 'operation', route, parameters: found.parameters };
    const methods = routes.flatMap(({ row }) => row.methods);
    return { kind: 'wrong_method', route: first, methods };
  };
}

const servedBy = (tables: readonly ServiceTable[] | undefined, routes: readonly Route[]): readonly Route[] =>
  tables === undefined ? routes : routes.filter(({ table }) => tables.includes(table));

/** A loop without closures: it stands on the way of every request. */
function routeFor(method: string, routes: readonly Route[]): Route | undefined {
  for (const route of routes) {
    if ((route.row.methods as readonly string[]).includes(method)) return route;
  }
  return undefined;
}
