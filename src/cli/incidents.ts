import { Command } from 'commander';
import { commandLine, withExecOptions } from './exec/command-line.ts';
import type { ExecOptions } from './exec/run.ts';

export function quirksCommand(): Command {
  const run = new Command('run')
    .summary('runs a command against one of them, and judges')
    .usage('[options] <name> -- command [parameters...]')
    .description('`crabapple exec` with the scenario of the quirk; options and exit codes are the same.')
    .argument('<name...>', 'name of the quirk');
  withExecOptions(run).action(async (all: string[], options: ExecOptions, self: Command) => {
    const { operands, command } = commandLine(all, self);
    const { quirkNamed } = await import('./incidents/library.ts');
    const quirks = await Promise.all(operands.map(quirkNamed));
    const { exec } = await import('./exec/run.ts');
    process.exitCode = await exec(
      quirks.map(({ file }) => file),
      command,
      options,
    );
  });
  const show = new Command('show')
    .summary('tells the story of one of them')
    .argument('<name>', 'name of the quirk')
    .action(async (name: string) => {
      const { quirkNamed } = await import('./incidents/library.ts');
      const { shownQuirk } = await import('./incidents/text.ts');
      process.stdout.write(shownQuirk(await quirkNamed(name)));
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
      const { readQuirks } = await import('./incidents/library.ts');
      const { quirkList } = await import('./incidents/text.ts');
      process.stdout.write(quirkList(await readQuirks()));
    });
}
