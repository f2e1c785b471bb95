import { readQuirks } from '../../../src/cli/quirks/library.ts';
import { code, sourceLink, table } from './markdown.ts';

/** The incidents of `crabapple quirks`. */
export async function quirkTable(): Promise<string> {
  const rows = (await readQuirks()).map(({ name, title, story, goodMdm, threads }) => [
    `[${code(name)}](../scenarios/quirks/${name}.yaml)`,
    title,
    story,
    goodMdm,
    threads.map(sourceLink).join(', '),
  ]);
  return table(['quirk', 'title', 'what Apple does', 'a good MDM', 'thread'], rows);
}
