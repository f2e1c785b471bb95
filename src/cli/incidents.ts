import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { nearestWord } from '../engine/matching/nearest-word.ts';
import { PACKAGE_FOLDER } from '../package.ts';
import { CommandError, EXIT } from './errors.ts';
import { createExecCommand } from './exec.ts';

export function incidentsCommand(): Command {
  const list = new Command('list')
    .summary('list the scenarios')
    .description('List all incident scenarios: name, title and source. This is the default command.')
    .action(async () => {
      process.stdout.write(incidentList(await readIncidents()));
    });
  const run = createExecCommand('run', incidentFiles)
    .summary('run a command against an incident scenario and verify it')
    .usage('[options] <name> -- command [arguments...]')
    .description('Like `crabapple exec` with an incident scenario; options and exit codes are the same.')
    .argument('<name...>', 'name of the incident');
  const show = new Command('show')
    .summary('print the description of an incident scenario')
    .description('Print what happened, the public sources, and what a good MDM does.')
    .argument('<name>', 'name of the incident')
    .action(async (name: string) => {
      process.stdout.write(incidentText(await incidentNamed(name)));
    });
  return new Command('incidents')
    .description(
      'Scenarios that reproduce publicly documented incidents. Their expectations fail for an MDM that handles the incident badly.',
    )
    .addCommand(list, { isDefault: true })
    .addCommand(run)
    .addCommand(show);
}

/** A scenario that reproduces an incident. */
interface Incident {
  /** The name of the file without `.yaml`. */
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

const FOLDER = join(PACKAGE_FOLDER, 'scenarios', 'incidents');

/** All incident scenarios of this package, sorted by name. */
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

/** @throws CommandError if there is no incident of that name */
export async function incidentNamed(name: string): Promise<Incident> {
  const incidents = await readIncidents();
  const incident = incidents.find((each) => each.name === name);
  if (incident !== undefined) return incident;
  const nearest = nearestWord(
    name,
    incidents.map((each) => each.name),
  );
  throw new CommandError(`there is no incident ${JSON.stringify(name)}`, {
    hint: nearest === undefined ? 'list them with `crabapple incidents list`' : `did you mean ${nearest}?`,
    code: EXIT.wrongInput,
  });
}

const incidentFiles = (names: readonly string[]): Promise<readonly string[]> =>
  Promise.all(names.map(async (name) => (await incidentNamed(name)).file));

export function incidentList(incidents: readonly Incident[]): string {
  const width = Math.max(...incidents.map(({ name }) => name.length));
  const lines = incidents.map(
    ({ name, title, threads }) => `${name.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${threads[0]}`,
  );
  return [
    ...lines,
    '',
    'crabapple incidents show NAME             print a description',
    'crabapple incidents run NAME -- COMMAND   run your tests against an incident',
    '',
  ].join('\n');
}

export const incidentText = ({ title, story, goodMdm, threads, file }: Incident): string =>
  [title, '', story, '', `A good MDM: ${goodMdm}`, '', ...threads, file, ''].join('\n');
