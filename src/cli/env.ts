import { Command } from 'commander';
import { ENVIRONMENT_FORMATS, type EnvironmentFormat, formatEnvironment } from './environment-format.ts';
import { option } from './option.ts';
import { askServer, organizationOption, type ServerOptions, urlOption } from './running-server.ts';
import { trustLines } from './trust-lines.ts';

export function envCommand(): Command {
  return new Command('env')
    .summary('prints the environment of a running server')
    .description(
      'Prints base URL and credentials of a running server, secrets included: eval "$(crabapple env)" sets them.',
    )
    .addOption(option('--format <format>', 'for whom').choices(ENVIRONMENT_FORMATS).default('shell'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: ServerOptions & { format: EnvironmentFormat }) => {
      const variables = JSON.parse(await askServer(options, 'env')) as Record<string, string>;
      process.stdout.write(formatEnvironment(variables, options.format));
      if (options.format === 'shell') process.stdout.write(trustLines(variables));
    });
}
