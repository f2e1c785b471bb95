import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError, EXIT } from './errors.ts';
import { writeSecret } from './files.ts';
import { option } from './options.ts';
import {
  mdmServerOption,
  organizationOption,
  requestControl,
  type ServerOptions,
  urlOption,
} from './running-server.ts';

interface TokenOptions extends ServerOptions {
  readonly publicKey: string;
  readonly mdmServer?: string;
  readonly out?: string;
  readonly renew?: boolean;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description(
      "Download the server token (.p7m) of an MDM server, encrypted for your certificate, as from Apple's portal.",
    )
    .addOption(
      option('--public-key <file>', 'certificate of the MDM server, PEM or DER').makeOptionMandatory(),
    )
    .addOption(option('--out <file>', 'file to write; default: standard output'))
    .addOption(mdmServerOption())
    .addOption(option('--renew', 'issue a new token; the current one becomes invalid'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: TokenOptions) => {
      const token = await requestControl(options, 'token', {
        method: 'POST',
        query: { mdm_server: options.mdmServer, renew: options.renew ? 'true' : undefined },
        body: readCertificate(options.publicKey),
        type: 'application/x-pem-file',
      });
      if (options.out === undefined) {
        process.stdout.write(token);
        return;
      }
      writeSecret(options.out, token);
      process.stdout.write(`Created ${options.out}\n`);
    });
}

function readCertificate(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(`cannot read the certificate: ${(error as Error).message}`, {
      hint: 'create one with: openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=mdm -keyout key.pem -out cert.pem',
      code: EXIT.wrongInput,
    });
  }
}
