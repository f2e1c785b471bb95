import { Command } from 'commander';
import { commandLine, withExecOptions } from './exec/command-line.ts';
import type { ExecOptions } from './exec/run.ts';

export function incidentsCommand(): Command {
  const run = new Command('run')
    .summary('runs a command against one of them, and verifies')
    .usage('[options] <name> -- command [parameters...]')
    .description('`crabapple exec` with the scenario of the incident; options and exit codes are the same.')
    .argument('<name...>', 'name of the incident');
  withExecOptions(run).action(async (all: string[], options: ExecOptions, self: Command) => {
    const { operands, command } = commandLine(all, self);
    const { incidentNamed } = await import('./incidents/library.ts');
    const incidents = await Promise.all(operands.map(incidentNamed));
    const { exec } = await import('./exec/run.ts');
    process.exitCode = await exec(
      incidents.map(({ file }) => file),
      command,
      options,
    );
  });
  const show = new Command('show')
    .summary('tells the story of one of them')
    .argument('<name>', 'name of the incident')
    .action(async (name: string) => {
      const { incidentNamed } = await import('./incidents/library.ts');
      const { shownIncident } = await import('./incidents/text.ts');
      process.stdout.write(shownIncident(await incidentNamed(name)));
    });
  return new Command('incidents')
    .summary('lists incidents that hurt somebody, and runs a command against them')
    .description(
      'Scenarios of incidents on public record, each with its thread, and with expectations that tell a good MDM ' +
        'from a bad one.',
    )
    .addCommand(run)
    .addCommand(show)
    .action(async () => {
      const { readIncidents } = await import('./incidents/library.ts');
      const { incidentList } = await import('./incidents/text.ts');
      process.stdout.write(incidentList(await readIncidents()));
    });
}
