import type { FieldGroup } from '../../../src/engine/fields.ts';
import { code, table } from './markdown.ts';

const WAYS = { sent: 'sent', received: 'received', both: 'both ways' } as const;

/** Every field that crosses the wire, where it stands, and from which protocol version on. */
export function fieldTable(groups: Readonly<Record<string, FieldGroup>>, withVersions: boolean): string {
  const rows = Object.values(groups).flatMap(({ fields, places }) => {
    const at = [...new Set(places.map((place) => place.at))].map(code).join(' ');
    const operations = [...new Set(places.map((place) => place.operation))].map(code).join(' ');
    return fields.map(({ name, type, since, direction, personal }) => [
      code(name),
      type,
      ...(withVersions ? [String(since)] : []),
      WAYS[direction],
      personal,
      `${operations}<br>${at}`,
    ]);
  });
  return table(
    ['field', 'type', ...(withVersions ? ['from version'] : []), 'way', 'personal data', 'where'],
    rows,
  );
}
