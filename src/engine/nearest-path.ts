import type { HttpRequest } from '../core/request.ts';
import type { ServiceTable } from '../services/operation.ts';
import { nearestWord } from './matching/nearest-word.ts';

/** Why a path is not found, with the nearest one that is. */
export function nearestPath(tables: readonly ServiceTable[], request: HttpRequest): string {
  const paths = [...new Set(tables.flatMap(({ rows }) => rows.map(({ path }) => path)))];
  const asked = request.path.slice(0, 200);
  const trailing = paths.find((path) => asked.endsWith(path));
  if (trailing !== undefined) {
    return `nothing is served under ${asked}; ${trailing} is: the base URL must have no path`;
  }
  const nearest = nearestWord(asked, paths);
  return nearest === undefined
    ? `nothing is served under ${asked}`
    : `nothing is served under ${asked}; did you mean ${nearest}?`;
}
