import { Command } from 'commander';
import { writeSecret } from './files.ts';
import { listed, option } from './options.ts';
import { organizationOption, requestControl, type ServerOptions, urlOption } from './running-server.ts';

interface PushKeyOptions extends ServerOptions {
  readonly out?: string;
  readonly keyId?: string;
  readonly teamId?: string;
  readonly environment?: string;
  readonly topic?: readonly string[];
}

interface Issued {
  readonly key_id: string;
  readonly team_id: string;
  readonly private_key: string;
}

export function pushKeyCommand(): Command {
  return new Command('push-key')
    .description("Issue a key for provider tokens (.p8), as Apple's developer portal does.")
    .addOption(option('--out <file>', 'file to write; default: standard output'))
    .addOption(option('--key-id <id>', 'key id of ten characters; default: generated'))
    .addOption(option('--team-id <id>', 'team id; default: that of the organization'))
    .addOption(option('--environment <name>', 'APNs environment').choices(['production', 'sandbox', 'both']))
    .addOption(option('--topic <topic>', 'topic of a topic-specific key; repeatable').argParser(listed))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: PushKeyOptions) => {
      const { keyId, teamId, environment, topic, out } = options;
      const request = { key_id: keyId, team_id: teamId, environment, topics: topic };
      const issued = JSON.parse(
        await requestControl(options, 'push-keys', {
          method: 'POST',
          body: new TextEncoder().encode(JSON.stringify(request)),
          type: 'application/json',
        }),
      ) as Issued;
      if (out === undefined) {
        process.stdout.write(issued.private_key);
        process.stderr.write(`key ${issued.key_id} of team ${issued.team_id}\n`);
        return;
      }
      writeSecret(out, issued.private_key);
      process.stdout.write(`Created ${out}\nkey ${issued.key_id} of team ${issued.team_id}\n`);
    });
}
