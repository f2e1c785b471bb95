import { Command } from 'commander';
import { option } from './option.ts';
import { reportOption } from './report-option.ts';
import { organizationOption, urlOption } from './running-server.ts';
import type { VerifyOptions } from './verify/run.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .summary('verifies a running server')
    .description(
      'Verifies what a running server has seen, by its own expectations, or by those of a scenario file. ' +
        'Exit code: 0 where all hold, 3 where some failed, 4 where some cannot be told, 2 where something is wrong.',
    )
    .argument('[file]', 'scenario file whose expectations are verified')
    .addOption(reportOption())
    .addOption(urlOption())
    .addOption(organizationOption())
    .addOption(option('--no-color', 'no color, not even on a terminal'))
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const { verify } = await import('./verify/run.ts');
      process.exitCode = await verify(file, options);
    });
}
