import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './exit.ts';
import { option } from './option.ts';
import {
  askServer,
  locationOption,
  organizationOption,
  type ServerOptions,
  urlOption,
} from './running-server.ts';

interface ContentTokenOptions extends ServerOptions {
  readonly location?: string;
  readonly out?: string;
  readonly renew?: boolean;
}

export function contentTokenCommand(): Command {
  return new Command('content-token')
    .summary('writes the content token file of a location')
    .description(
      "Writes the content token file (.vpptoken) of a location of Apps and Books, as Apple's portal does.",
    )
    .addOption(option('--out <file>', 'file to write; standard output where not given'))
    .addOption(locationOption())
    .addOption(option('--renew', 'issues a new content token'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: ContentTokenOptions) => {
      const token = await askServer(options, 'content-tokens', {
        method: 'POST',
        query: { location: options.location, renew: options.renew ? 'true' : undefined },
      });
      if (options.out === undefined) process.stdout.write(`${token}\n`);
      else writeToken(options.out, token);
    });
}

function writeToken(file: string, token: string): void {
  try {
    writeFileSync(file, token, { mode: 0o600 });
  } catch (error) {
    throw new CommandError(`the content token file cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(`${file} written\n`);
}
