import type { EntryTest } from './mentions.ts';

const ONE = '(?:[1-5](?:[0-9][0-9]|[xX][xX])|none)';

/** `403`, `4xx`, `none`, or several with commas between. */
export const STATUSES = `^${ONE}(?:,${ONE})*$`;

/** Whether an entry was answered with one of these statuses; `none` are those that got no response. */
export function answeredWith(statuses: string): EntryTest {
  const words = new Set(statuses.toLowerCase().split(','));
  return ({ response }) => {
    if (response === undefined) return words.has('none');
    const status = String(response.status);
    return words.has(status) || words.has(`${status[0]}xx`);
  };
}
