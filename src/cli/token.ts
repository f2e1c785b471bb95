import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError, EXIT } from './exit.ts';
import { option } from './option.ts';
import {
  askServer,
  mdmServerOption,
  organizationOption,
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
    .summary('writes a server token file for your certificate')
    .description("Writes the server token file (.p7m) of Apple's portal, encrypted to your certificate.")
    .addOption(
      option('--public-key <file>', 'certificate of the MDM server, PEM or DER').makeOptionMandatory(),
    )
    .addOption(option('--out <file>', 'file to write; standard output where not given'))
    .addOption(mdmServerOption())
    .addOption(option('--renew', 'issues a new token, which ends the one in force'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: TokenOptions) => {
      const envelope = await askServer(options, 'token', {
        method: 'POST',
        query: { mdm_server: options.mdmServer, renew: options.renew ? 'true' : undefined },
        body: readCertificate(options.publicKey),
        type: 'application/x-pem-file',
      });
      if (options.out === undefined) process.stdout.write(envelope);
      else writeToken(options.out, envelope);
    });
}

function readCertificate(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(`the certificate cannot be read: ${(error as Error).message}`, {
      hint: 'make one with: openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=mdm -keyout key.pem -out cert.pem',
      code: EXIT.wrongInput,
    });
  }
}

function writeToken(file: string, envelope: string): void {
  try {
    writeFileSync(file, envelope, { mode: 0o600 });
  } catch (error) {
    throw new CommandError(`the token file cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(`${file} written\n`);
}
