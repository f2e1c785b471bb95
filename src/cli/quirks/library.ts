import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearestWord } from '../../matching/nearest-word.ts';
import { PACKAGE_FOLDER } from '../../package.ts';
import { CommandError, EXIT } from '../exit.ts';

const FOLDER = join(PACKAGE_FOLDER, 'scenarios');

/** A scenario that tells an incident: one with a word `about` it. */
export interface Quirk {
  /** The file's own, without folder and `.yaml`. */
  readonly name: string;
  readonly file: string;
  /** Below `scenarios/`, with slashes. */
  readonly path: string;
  readonly title: string;
  readonly story: string;
  readonly threads: readonly string[];
  readonly goodMdm: string;
}

interface QuirkFile {
  readonly name: string;
  readonly about: { readonly story: string; readonly threads: readonly string[]; readonly good_mdm: string };
}

/** All that this package has, by their names. */
export async function readQuirks(): Promise<readonly Quirk[]> {
  const { parse } = await import('yaml');
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, file: join(FOLDER, path) }))
    .map((place) => ({ ...place, text: readFileSync(place.file, 'utf8') }))
    .filter(({ text }) => /^about:/m.test(text))
    .map(({ path, file, text }): Quirk => {
      const { name: title, about } = parse(text) as QuirkFile;
      return {
        name: basename(path, '.yaml'),
        file,
        path: path.replaceAll('\\', '/'),
        title,
        story: about.story.trim(),
        threads: about.threads,
        goodMdm: about.good_mdm.trim(),
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @throws CommandError where none has the name */
export async function quirkNamed(name: string): Promise<Quirk> {
  const quirks = await readQuirks();
  const quirk = quirks.find((each) => each.name === name);
  if (quirk !== undefined) return quirk;
  const nearest = nearestWord(
    name,
    quirks.map((each) => each.name),
  );
  throw new CommandError(`no quirk is named ${JSON.stringify(name)}`, {
    hint: nearest === undefined ? '`crabapple quirks` lists them' : `did you mean ${nearest}?`,
    code: EXIT.wrongInput,
  });
}
