import { Command } from 'commander';
import { writeSecret } from './files.ts';
import { option } from './options.ts';
import {
  locationOption,
  organizationOption,
  requestControl,
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
    .description(
      "Download the content token (.vpptoken) of a location of Apps and Books, as from Apple's portal.",
    )
    .addOption(option('--out <file>', 'file to write; default: standard output'))
    .addOption(locationOption())
    .addOption(option('--renew', 'issue a new content token'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: ContentTokenOptions) => {
      const token = await requestControl(options, 'content-tokens', {
        method: 'POST',
        query: { location: options.location, renew: options.renew ? 'true' : undefined },
      });
      if (options.out === undefined) {
        process.stdout.write(`${token}\n`);
        return;
      }
      writeSecret(options.out, token);
      process.stdout.write(`Created ${options.out}\n`);
    });
}
