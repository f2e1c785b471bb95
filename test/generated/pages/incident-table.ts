import { readIncidents } from '../../../src/cli/incidents/library.ts';
import { code, sourceLink, table } from './markdown.ts';

/** The incidents of `crabapple incidents`. */
export async function incidentTable(): Promise<string> {
  const rows = (await readIncidents()).map(({ name, title, story, goodMdm, threads }) => [
    `[${code(name)}](../scenarios/incidents/${name}.yaml)`,
    title,
    story,
    goodMdm,
    threads.map(sourceLink).join(', '),
  ]);
  return table(['incident', 'title', 'what Apple does', 'a good MDM', 'thread'], rows);
}
