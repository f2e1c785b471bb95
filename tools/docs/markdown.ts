/** A Markdown table cell cannot contain a bar or a line break. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** A link to the source of a fact: "Apple" for Apple's pages, the host name for others. */
export function sourceLink(source: string): string {
  if (source === 'default') return 'our default';
  const { hostname } = new URL(source);
  return `[${hostname === 'developer.apple.com' ? 'Apple' : hostname.replace(/^www\./, '')}](${source})`;
}
