import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearestWord } from '../../engine/matching/nearest-word.ts';
import { PACKAGE_FOLDER } from '../../package.ts';
import { CommandError, EXIT } from '../exit.ts';

const FOLDER = join(PACKAGE_FOLDER, 'scenarios', 'incidents');

/** A scenario that tells an incident. */
export interface Incident {
  /** The file's own, without folder and `.yaml`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly story: string;
  readonly threads: readonly string[];
  readonly goodMdm: string;
}

interface IncidentFile {
  readonly name: string;
  readonly about: { readonly story: string; readonly threads: readonly string[]; readonly good_mdm: string };
}

/** All that this package has, by their names. */
export async function readIncidents(): Promise<readonly Incident[]> {
  const { parse } = await import('yaml');
  return readdirSync(FOLDER)
    .filter((entry) => entry.endsWith('.yaml'))
    .map((entry): Incident => {
      const file = join(FOLDER, entry);
      const { name: title, about } = parse(readFileSync(file, 'utf8')) as IncidentFile;
      return {
        name: basename(entry, '.yaml'),
        file,
        title,
        story: about.story.trim(),
        threads: about.threads,
        goodMdm: about.good_mdm.trim(),
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @throws CommandError where none has the name */
export async function incidentNamed(name: string): Promise<Incident> {
  const incidents = await readIncidents();
  const incident = incidents.find((each) => each.name === name);
  if (incident !== undefined) return incident;
  const nearest = nearestWord(
    name,
    incidents.map((each) => each.name),
  );
  throw new CommandError(`no incident is named ${JSON.stringify(name)}`, {
    hint: nearest === undefined ? '`crabapple incidents` lists them' : `did you mean ${nearest}?`,
    code: EXIT.wrongInput,
  });
}
