import type { HttpRequest } from '../http/request.ts';
import { nearestWord } from '../matching/nearest-word.ts';
import { quoted, Refusal } from './refusal.ts';
import { PREFIX, type Route } from './route.ts';

/** Finds the row of a request; HEAD asks as GET does. */
export function createRouteMatcher(routes: readonly Route[]): (request: HttpRequest) => Route {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) {
    const path = PREFIX + route.path;
    byPath.set(path, [...(byPath.get(path) ?? []), route]);
  }

  /** @throws Refusal */
  return ({ method, path }) => {
    const here = byPath.get(path);
    if (here === undefined) {
      const nearest = nearestWord(path.slice(0, 200), [...byPath.keys()]);
      const hint =
        nearest === undefined ? `GET ${PREFIX}openapi.json describes every path` : `did you mean ${nearest}?`;
      throw new Refusal(404, `the control API has no path ${quoted(path)}`, hint);
    }
    const asked = method === 'HEAD' ? 'GET' : method;
    const found = here.find((route) => route.method === asked);
    if (found !== undefined) return found;
    const allow = here.map((route) => route.method).join(', ');
    throw new Refusal(405, `${path} does not take ${quoted(method)}`, `it takes ${allow}`, {
      headers: { allow },
    });
  };
}
