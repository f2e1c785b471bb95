import type { Told } from './telling.ts';

const TIMES: ReadonlySet<string> = new Set(['at', 'wall_at']);

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The same without the moments at which things happened: no two runs have those in common. */
export const timeless = ({ json, pretty }: Told): Told => ({
  json: JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (TIMES.has(key) ? undefined : value)).replace(
      INSTANT,
      'then',
    ),
  ),
  pretty: pretty.replace(INSTANT, 'then'),
});
