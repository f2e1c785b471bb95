import { Command } from 'commander';
import { ENVIRONMENT_FORMATS, type EnvironmentFormat, formatEnvironment } from './environment-format.ts';
import { option } from './option.ts';
import {
  askServer,
  locationOption,
  mdmServerOption,
  organizationOption,
  type ServerOptions,
  urlOption,
} from './running-server.ts';
import { trustLines } from './trust-lines.ts';

interface EnvOptions extends ServerOptions {
  readonly format: EnvironmentFormat;
  readonly mdmServer?: string;
  readonly location?: string;
}

export function envCommand(): Command {
  return new Command('env')
    .summary('prints the environment of a running server')
    .description(
      'Prints base URL and credentials of a running server, secrets included: eval "$(crabapple env)" sets them.',
    )
    .addOption(option('--format <format>', 'for whom').choices(ENVIRONMENT_FORMATS).default('shell'))
    .addOption(mdmServerOption())
    .addOption(locationOption())
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: EnvOptions) => {
      const query = { mdm_server: options.mdmServer, location: options.location };
      const variables = JSON.parse(await askServer(options, 'env', { query })) as Record<string, string>;
      process.stdout.write(formatEnvironment(variables, options.format));
      if (options.format === 'shell') process.stdout.write(trustLines(variables));
    });
}
