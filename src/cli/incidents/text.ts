import type { Incident } from './library.ts';

/** One under the other: name, title, and where it was met. */
export function incidentList(incidents: readonly Incident[]): string {
  const width = Math.max(...incidents.map(({ name }) => name.length));
  const lines = incidents.map(
    ({ name, title, threads }) => `${name.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${threads[0]}`,
  );
  return `${lines.join('\n')}\n\ncrabapple incidents run NAME -- COMMAND runs your tests against one, incidents show NAME tells it\n`;
}

export const shownIncident = ({ title, story, goodMdm, threads, file }: Incident): string =>
  [title, '', story, '', `A good MDM: ${goodMdm}`, '', ...threads, file, ''].join('\n');
