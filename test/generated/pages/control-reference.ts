import type { QueryParameter } from '../../../src/server/control/query.ts';
import { PREFIX } from '../../../src/server/control/route.ts';
import { ROUTES } from '../../../src/server/control/routes.ts';
import { code, table } from './markdown.ts';

function parameterText([name, parameter]: readonly [string, QueryParameter]): string {
  const words = 'words' in parameter ? ` (${parameter.words.join(', ')})` : '';
  return `${code(name)}: ${parameter.about}${words}`;
}

/** Every call of the control API, as its table has it. */
export function controlReference(): string {
  const rows = ROUTES.map(({ method, path, about, query, body, response }) => [
    code(`${method} ${path}`),
    about,
    Object.entries(query ?? {})
      .map(parameterText)
      .join('<br>'),
    body === undefined ? '' : code(body.type),
    `${code(String(response.status ?? 200))} ${response.about}${response.type === undefined ? '' : `, ${code(response.type)}`}`,
  ]);
  return table([`below \`${PREFIX}\``, 'does', 'query', 'body', 'response'], rows);
}
