import { readQuirks } from '../../../src/cli/incidents/library.ts';
import { code, sourceLink, table } from './markdown.ts';

/** The incidents of `crabapple quirks`. */
export async function quirkTable(): Promise<string> {
  const rows = (await readQuirks()).map(({ name, title, story, goodMdm, threads }) => [
    `[${code(name)}](../scenarios/incidents/${name}.yaml)`,
    title,
    story,
    goodMdm,
    threads.map(sourceLink).join(', '),
  ]);
  return table(['quirk', 'title', 'what Apple does', 'a good MDM', 'thread'], rows);
}
