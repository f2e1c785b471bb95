import { Command } from 'commander';
import { durationOption } from './duration-option.ts';
import type { ExecOptions } from './exec/run.ts';
import { option } from './option.ts';
import { reportOption } from './report-option.ts';

export function execCommand(): Command {
  return new Command('exec')
    .summary('runs a command against scenarios, and judges')
    .usage('[options] [file...] -- command [parameters...]')
    .description(
      'Serves scenarios on free ports, runs a command with their environment, and judges by their expectations. ' +
        "Exit code: 0 where the command and all expectations hold; the command's own where it failed (128+n by a " +
        'signal, 124 on --timeout); 3 where expectations failed; 4 where some cannot be told; 2 where it could not start.',
    )
    .argument('[file...]', 'scenario files; the default scenario where none is given')
    .addOption(reportOption())
    .addOption(durationOption('--timeout <duration>', 'ends the command after so long, as 30s or 5m'))
    .addOption(
      option(
        '--redirect',
        "leads programs that know only Apple's host names here (HTTPS_PROXY, SSL_CERT_FILE, …)",
      ),
    )
    .addOption(option('--no-color', 'no colour, not even on a terminal'))
    .action(async (operands: string[], options: ExecOptions, { parent }: Command) => {
      const given = (parent as Command & { readonly rawArgs: readonly string[] }).rawArgs;
      const dashes = given.indexOf('--');
      const command = dashes < 0 ? [] : given.slice(dashes + 1);
      const files = operands.slice(0, operands.length - command.length);
      const { exec } = await import('./exec/run.ts');
      process.exitCode = await exec(files, command, options);
    });
}
