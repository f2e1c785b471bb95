import type { HttpRequest } from '../../core/request.ts';
import { nearestWord } from '../../engine/matching/nearest-word.ts';
import { createPathPattern, isPattern, NO_PARAMETERS } from '../../engine/router.ts';
import type { PathParameters } from '../../engine/service.ts';
import { ControlError, quoted } from './control-error.ts';
import { PREFIX, type Route } from './route.ts';

interface Found {
  readonly route: Route;
  readonly parameters: PathParameters;
}

/** Finds the row of a request; HEAD asks as GET does. */
export function createRouteMatcher(routes: readonly Route[]): (request: HttpRequest) => Found {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) {
    const path = PREFIX + route.path;
    byPath.set(path, [...(byPath.get(path) ?? []), route]);
  }

  const patterns = [...byPath.keys()].filter(isPattern).map((path) => ({ path, ...createPathPattern(path) }));

  function placesOf(path: string): { readonly path: string; readonly parameters: PathParameters } {
    for (const pattern of byPath.has(path) ? [] : patterns) {
      const parameters = pattern.match(path);
      if (parameters !== undefined) return { path: pattern.path, parameters };
    }
    return { path, parameters: NO_PARAMETERS };
  }

  /** @throws ControlError */
  return ({ method, path: given }) => {
    const { path, parameters } = placesOf(given);
    const here = byPath.get(path);
    if (here === undefined) {
      const nearest = nearestWord(path.slice(0, 200), [...byPath.keys()]);
      const hint =
        nearest === undefined ? `GET ${PREFIX}openapi.json describes every path` : `did you mean ${nearest}?`;
      throw new ControlError(404, `the control API has no path ${quoted(path)}`, hint);
    }
    const asked = method === 'HEAD' ? 'GET' : method;
    const found = here.find((route) => route.method === asked);
    if (found !== undefined) return { route: found, parameters };
    const allow = here.map((route) => route.method).join(', ');
    throw new ControlError(405, `${path} does not take ${quoted(method)}`, `it takes ${allow}`, {
      headers: { allow },
    });
  };
}
