import type { Quirk } from './library.ts';

/** One under the other: name, title, and where it was met. */
export function quirkList(quirks: readonly Quirk[]): string {
  const width = Math.max(...quirks.map(({ name }) => name.length));
  const lines = quirks.map(
    ({ name, title, threads }) => `${name.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${threads[0]}`,
  );
  return `${lines.join('\n')}\n\ncrabapple quirks run NAME -- COMMAND runs your tests against one, quirks show NAME tells it\n`;
}

export const shownQuirk = ({ title, story, goodMdm, threads, file }: Quirk): string =>
  [title, '', story, '', `A good MDM: ${goodMdm}`, '', ...threads, file, ''].join('\n');
