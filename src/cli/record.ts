import { Command } from 'commander';
import { DEFAULT_HOST } from '../server/defaults.ts';
import { httpUrl, option, portNumber, portNumbers } from './option.ts';
import type { RecordOptions } from './record/run.ts';

/** Beside the port of `serve`, which is often the upstream. */
const PORT = 8995;

export function recordCommand(): Command {
  return new Command('record')
    .summary('writes a scenario of what it sees between an MDM server and an upstream')
    .description(
      'Forwards requests to an upstream that speaks the protocol, and writes a scenario of what it saw when it is ended (Ctrl-C). Serial numbers, names, addresses and identifiers are replaced, the same by the same; secrets are never written.',
    )
    .addOption(option('--upstream <url>', 'who answers').argParser(httpUrl).makeOptionMandatory())
    .addOption(option('--out <file>', 'scenario file to write').makeOptionMandatory())
    .addOption(option('--host <address>', 'address to listen on').default(DEFAULT_HOST))
    .addOption(
      option('--port <number>', 'port to listen on; 0 takes a free one').default(PORT).argParser(portNumber),
    )
    .addOption(
      option(
        '--upstream-ca <file>',
        'certificates in PEM that an https upstream may have, beside the usual ones',
      ),
    )
    .addOption(
      option(
        '--tls-port <numbers>',
        "ports that speak TLS under Apple's names; 0 takes a free one",
      ).argParser(portNumbers),
    )
    .addOption(
      option(
        '--proxy-port <number>',
        "port of a CONNECT proxy that leads Apple's names here; 0 takes a free one",
      ).argParser(portNumber),
    )
    .addOption(
      option('--ca-folder <folder>', 'keeps the certificate authority there; of this run alone otherwise'),
    )
    .addOption(
      option('--keep-personal-data', 'writes personal data as it is; secrets are left out all the same'),
    )
    .action(async (options: RecordOptions) => {
      const { record } = await import('./record/run.ts');
      await record(options);
    });
}
