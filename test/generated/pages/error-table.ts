import type { ErrorRow } from '../../../src/engine/service.ts';
import { code, sourceLink, table } from './markdown.ts';

type ErrorTable = Readonly<Record<string, ErrorRow>>;

/** Errors by the name that faults and `answer:` know them by. */
export function errorTable(errors: ErrorTable, isWanted: (name: string) => boolean = () => true): string {
  const rows = Object.entries(errors)
    .filter(([name]) => isWanted(name))
    .map(([name, { status, body, when, source }]) => [
      code(name),
      String(status),
      when,
      body === '' || body === name ? '' : code(body),
      sourceLink(source),
    ]);
  const bodied = rows.some(([, , , body]) => body !== '');
  return table(
    ['error', 'status', 'when', ...(bodied ? ['body, where it is not that word'] : []), 'source'],
    bodied ? rows : rows.map(([name, status, when, , source]) => [name!, status!, when!, source!]),
  );
}
