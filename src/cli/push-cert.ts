import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError, EXIT } from './errors.ts';
import { writeSecret } from './files.ts';
import { listed, option, wholeNumber } from './options.ts';
import { organizationOption, requestControl, type ServerOptions, urlOption } from './running-server.ts';

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
    .description(
      'Issue an MDM push certificate with a new key, or for a certificate signing request. Without a file, it prints to standard output.',
    )
    .addOption(option('--csr <file>', 'CSR, or a request that an MDM vendor signed; default: a new key'))
    .addOption(option('--out <file>', 'file for the certificate, PEM'))
    .addOption(option('--key-out <file>', 'file for the private key, PEM').conflicts('csr'))
    .addOption(option('--p12 <file>', 'file for both, PKCS#12').conflicts('csr'))
    .addOption(option('--password <text>', 'password of the PKCS#12 file; default: empty'))
    .addOption(option('--topic <topic>', 'topic; default: that of the organization'))
    .addOption(
      option(
        '--new-topic',
        'use a new topic, as if the certificate had been created again instead of renewed',
      ),
    )
    .addOption(
      option('--more-topic <topic>', 'additional topic, as certificates for apps have; repeatable')
        .argParser(listed)
        .conflicts('csr'),
    )
    .addOption(option('--environment <name>', 'APNs environment').choices(['production', 'sandbox', 'both']))
    .addOption(option('--days <number>', 'days until it expires; default: 365').argParser(wholeNumber))
    .addOption(option('--expired', 'issue a certificate that has expired'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action((options: PushCertOptions) =>
      options.csr === undefined ? issueWithNewKey(options) : issueForRequest(options, options.csr),
    );
}

async function issueWithNewKey(options: PushCertOptions): Promise<void> {
  const { topic, newTopic, moreTopic, environment, days, expired, password, out, keyOut, p12 } = options;
  const request = {
    topic,
    new_topic: newTopic,
    more_topics: moreTopic,
    environment,
    days,
    expired,
    password,
  };
  const issued = JSON.parse(
    await requestControl(options, 'push-certificates', {
      method: 'POST',
      body: new TextEncoder().encode(JSON.stringify(request)),
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
    process.stdout.write(`Created ${file}\n`);
  }
  process.stdout.write(`topic ${issued.topic}\n`);
}

async function issueForRequest(options: PushCertOptions, file: string): Promise<void> {
  const { topic, newTopic, environment, days, expired, out } = options;
  const certificate = await requestControl(options, 'push-certificates', {
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
  process.stdout.write(`Created ${out}\ntopic ${topicOf(certificate)}\n`);
}

/** The topic is the UID of the subject. */
function topicOf(certificate: string): string {
  const { subject } = new X509Certificate(certificate);
  return /^UID=(.*)$/m.exec(subject)?.[1] ?? subject;
}

function readRequest(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(`cannot read the request: ${(error as Error).message}`, {
      hint: 'create one with: openssl req -new -newkey rsa:2048 -nodes -keyout push-key.pem -out push.csr -subj /CN=push',
      code: EXIT.wrongInput,
    });
  }
}
