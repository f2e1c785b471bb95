import { Command } from 'commander';
import { commandLine, withExecOptions } from './exec/command-line.ts';
import type { ExecOptions } from './exec/run.ts';

export function execCommand(): Command {
  const command = new Command('exec')
    .summary('runs a command against scenarios, and verifies')
    .usage('[options] [file...] -- command [parameters...]')
    .description(
      'Serves scenarios on free ports, runs a command with their environment, and verifies by their expectations. ' +
        "Exit code: 0 where the command and all expectations hold; the command's own where it failed (128+n by a " +
        'signal, 124 on --timeout); 3 where expectations failed; 4 where some cannot be told; 2 where it could not start.',
    )
    .argument('[file...]', 'scenario files; the default scenario where none is given');
  return withExecOptions(command).action(async (all: string[], options: ExecOptions, self: Command) => {
    const { operands, command } = commandLine(all, self);
    const { exec } = await import('./exec/run.ts');
    process.exitCode = await exec(operands, command, options);
  });
}
