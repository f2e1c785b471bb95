import { Command } from 'commander';
import { listed, option } from './option.ts';
import { askServer, organizationOption, type ServerOptions, urlOption } from './running-server.ts';
import { writeSecret } from './written-file.ts';

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
    .summary('writes a key for provider tokens (.p8)')
    .description('Writes a key for provider tokens, as the developer portal lets one download it once.')
    .addOption(option('--out <file>', 'file to write; standard output where not given'))
    .addOption(option('--key-id <id>', 'its ten characters; given by the server where not given'))
    .addOption(option('--team-id <id>', "team; the organization's own where not given"))
    .addOption(option('--environment <name>', 'where it is good').choices(['production', 'sandbox', 'both']))
    .addOption(option('--topic <topic>', 'a topic of a topic-specific key; repeatable').argParser(listed))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: PushKeyOptions) => {
      const { keyId, teamId, environment, topic, out } = options;
      const wish = { key_id: keyId, team_id: teamId, environment, topics: topic };
      const issued = JSON.parse(
        await askServer(options, 'push-keys', {
          method: 'POST',
          body: new TextEncoder().encode(JSON.stringify(wish)),
          type: 'application/json',
        }),
      ) as Issued;
      if (out === undefined) {
        process.stdout.write(issued.private_key);
        process.stderr.write(`key ${issued.key_id} of team ${issued.team_id}\n`);
        return;
      }
      writeSecret(out, issued.private_key);
      process.stdout.write(`${out} written\nkey ${issued.key_id} of team ${issued.team_id}\n`);
    });
}
