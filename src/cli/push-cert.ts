import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError, EXIT } from './exit.ts';
import { listed, option, wholeNumber } from './option.ts';
import { askServer, organizationOption, type ServerOptions, urlOption } from './running-server.ts';
import { writeSecret } from './written-file.ts';

interface PushCertOptions extends ServerOptions {
  readonly csr?: string;
  readonly out?: string;
  readonly keyOut?: string;
  readonly p12?: string;
  readonly password?: string;
  readonly topic?: string;
  readonly newTopic?: boolean;
  readonly moreTopic?: readonly string[];
  readonly environment?: string;
  readonly days?: number;
  readonly expired?: boolean;
}

interface Issued {
  readonly topic: string;
  readonly certificate: string;
  readonly private_key: string;
  readonly pkcs12: string;
}

export function pushCertCommand(): Command {
  return new Command('push-cert')
    .summary('writes an MDM push certificate')
    .description(
      'Writes an MDM push certificate, with a fresh key or for a request; on standard output where no file is named.',
    )
    .addOption(
      option('--csr <file>', 'CSR, or the request that an MDM vendor signed; else a fresh key is made'),
    )
    .addOption(option('--out <file>', 'file for the certificate, PEM'))
    .addOption(option('--key-out <file>', 'file for the private key, PEM').conflicts('csr'))
    .addOption(option('--p12 <file>', 'file for both, PKCS#12').conflicts('csr'))
    .addOption(option('--password <text>', 'of the PKCS#12 file; empty where not given'))
    .addOption(option('--topic <topic>', "topic; the organization's own where not given"))
    .addOption(option('--new-topic', 'a topic that nobody has, as if the certificate was not renewed'))
    .addOption(
      option('--more-topic <topic>', 'a topic beside it, as apps have; repeatable')
        .argParser(listed)
        .conflicts('csr'),
    )
    .addOption(option('--environment <name>', 'where it is good').choices(['production', 'sandbox', 'both']))
    .addOption(option('--days <number>', 'how long it is good; 365 where not given').argParser(wholeNumber))
    .addOption(option('--expired', 'it is over already'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action((options: PushCertOptions) =>
      options.csr === undefined ? withFreshKey(options) : forRequest(options, options.csr),
    );
}

async function withFreshKey(options: PushCertOptions): Promise<void> {
  const { topic, newTopic, moreTopic, environment, days, expired, password, out, keyOut, p12 } = options;
  const wish = { topic, new_topic: newTopic, more_topics: moreTopic, environment, days, expired, password };
  const issued = JSON.parse(
    await askServer(options, 'push-certificates', {
      method: 'POST',
      body: new TextEncoder().encode(JSON.stringify(wish)),
      type: 'application/json',
    }),
  ) as Issued;
  const files = [
    [out, issued.certificate],
    [keyOut, issued.private_key],
    [p12, Buffer.from(issued.pkcs12, 'base64')],
  ] as const;
  if (files.every(([file]) => file === undefined)) {
    process.stdout.write(issued.certificate + issued.private_key);
    return;
  }
  for (const [file, content] of files) {
    if (file === undefined) continue;
    writeSecret(file, content);
    process.stdout.write(`${file} written\n`);
  }
  process.stdout.write(`topic ${issued.topic}\n`);
}

async function forRequest(options: PushCertOptions, file: string): Promise<void> {
  const { topic, newTopic, environment, days, expired, out } = options;
  const certificate = await askServer(options, 'push-certificates', {
    method: 'POST',
    query: {
      topic,
      new_topic: newTopic ? 'true' : undefined,
      environment,
      days: days?.toString(),
      expired: expired ? 'true' : undefined,
    },
    body: readRequest(file),
    type: 'application/pkcs10',
  });
  if (out === undefined) {
    process.stdout.write(certificate);
    return;
  }
  writeSecret(out, certificate);
  process.stdout.write(`${out} written\ntopic ${topicOf(certificate)}\n`);
}

/** It is the subject's UID. */
function topicOf(certificate: string): string {
  const { subject } = new X509Certificate(certificate);
  return /^UID=(.*)$/m.exec(subject)?.[1] ?? subject;
}

function readRequest(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(`the request cannot be read: ${(error as Error).message}`, {
      hint: 'make one with: openssl req -new -newkey rsa:2048 -nodes -keyout push-key.pem -out push.csr -subj /CN=push',
      code: EXIT.wrongInput,
    });
  }
}
