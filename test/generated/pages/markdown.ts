/** A cell cannot hold a bar or a line break. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** Who says so: a page or thread by its host, or ourselves. */
export const sourceLink = (source: string): string =>
  source === 'default' ? 'our default' : `[${new URL(source).hostname.replace(/^www\./, '')}](${source})`;
