import { X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { explained, type Outcome, respond } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';
import { createRecorder } from '../recording/recorder.ts';
import { MAX_DEVICES, Recording } from '../recording/recording.ts';
import { DEFAULT_HOST } from '../server/defaults.ts';
import type { RequestReceiver } from '../transports/receiver.ts';
import { CommandError, internalError } from './errors.ts';
import { httpUrl, option, portNumber, portNumbers } from './options.ts';
import { createForward } from './record/forward.ts';
import { openRecordingPorts } from './record/ports.ts';
import { stopOnSignal, surviveInternalErrors } from './signals.ts';

interface RecordOptions {
  readonly upstream: string;
  readonly out: string;
  readonly host: string;
  readonly port: number;
  readonly keepPersonalData?: boolean;
  readonly upstreamCa?: string;
  readonly tlsPort?: readonly number[];
  readonly proxyPort?: number;
  readonly caFolder?: string;
}

/** Not the port of `serve`, which is often the upstream. */
const DEFAULT_PORT = 8995;

export function recordCommand(): Command {
  return new Command('record')
    .description(
      'Forward the requests of an MDM server to an upstream, and write a scenario file from the traffic on Ctrl-C. ' +
        'Serial numbers, names, addresses and identifiers are replaced by pseudonyms; secrets are never written.',
    )
    .addOption(
      option('--upstream <url>', 'server to which requests are forwarded')
        .argParser(httpUrl)
        .makeOptionMandatory(),
    )
    .addOption(option('--out <file>', 'scenario file to write').makeOptionMandatory())
    .addOption(option('--host <address>', 'address to listen on').default(DEFAULT_HOST))
    .addOption(
      option('--port <number>', 'port to listen on; 0 selects a free port')
        .default(DEFAULT_PORT)
        .argParser(portNumber),
    )
    .addOption(option('--upstream-ca <file>', 'additional CA certificates, PEM, for an https upstream'))
    .addOption(
      option('--tls-port <numbers>', "TLS ports for Apple's host names; 0 selects a free port").argParser(
        portNumbers,
      ),
    )
    .addOption(
      option(
        '--proxy-port <number>',
        "port of a CONNECT proxy for Apple's host names; 0 selects a free port",
      ).argParser(portNumber),
    )
    .addOption(
      option('--ca-folder <folder>', 'folder of the certificate authority; default: a new one for each run'),
    )
    .addOption(option('--keep-personal-data', 'do not replace personal data; secrets are still left out'))
    .action(record);
}

const SCHEMA_COMMENT = '# yaml-language-server: $schema=./scenario.schema.json\n';

const print = (text: string): void => {
  process.stderr.write(`crabapple: ${text}\n`);
};

/** Forwards requests until a signal arrives, then writes the scenario file. */
async function record(options: RecordOptions): Promise<void> {
  const { upstream, out, keepPersonalData = false } = options;
  const authorities = readAuthorities(options.upstreamCa);
  const draft = createDraft(out);
  const { stringify } = await import('yaml');
  const recording = new Recording({ keepPersonalData });
  const forward = createForward(upstream, createRecorder(recording), authorities);
  const ports = await openRecordingPorts(receiverOf(forward), options).catch((error: unknown) => {
    rmSync(draft, { force: true });
    throw error;
  });
  surviveInternalErrors(reportFailure);
  stopOnSignal(async () => {
    await ports.close();
    writeFileSync(draft, SCHEMA_COMMENT + stringify(recording.scenario, { lineWidth: 0 }));
    renameSync(draft, out);
    const { devices, profiles, pushTokens, locations, operations } = recording.size;
    if (devices === MAX_DEVICES) print(`only the first ${MAX_DEVICES} devices were recorded`);
    process.stdout.write(
      `Created ${out}: devices ${devices}, profiles ${profiles}, push tokens ${pushTokens}, locations ${locations}, operations ${operations}\n`,
    );
  });
  for (const line of ports.lines) process.stdout.write(`${line}\n`);
  process.stdout.write(`Forwarding ${ports.url} to ${upstream}. Press Ctrl-C to write ${out}\n`);
}

const reportFailure = (error: unknown): void => print(internalError(error));

const reject = (status: number, why: string) =>
  explained(respond(status, { 'content-type': 'text/plain' }, `${why}\n`), why);

const receiverOf = (forward: (request: HttpRequest) => Promise<Outcome>): RequestReceiver => ({
  beforeHandshake: () => ({ kind: 'handshake' }),
  connectionFailed: ({ why }) => print(why),
  onConnection: () => ({ kind: 'serve' }),
  handle: (request) =>
    request.path.startsWith('/_crabapple')
      ? reject(404, 'the control API is not recorded; send the request to the upstream')
      : forward(request),
  reject: (_, status, why) => reject(status, why),
  aborted() {},
  notice: (_, message) => print(message),
  failed: reportFailure,
});

/** @throws CommandError if the file is not a PEM certificate */
function readAuthorities(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new CommandError(`${file} does not contain a certificate: ${(error as Error).message}`, {
      hint: '--upstream-ca needs a file of PEM certificates, such as the ca.pem of the upstream',
    });
  }
}

/** Checks before the recording that its file can be written. @throws CommandError */
function createDraft(out: string): string {
  const draft = `${out}.${process.pid}`;
  try {
    writeFileSync(draft, '', { mode: 0o600 });
    return draft;
  } catch (error) {
    throw new CommandError(`cannot write ${out}: ${(error as Error).message}`, {
      hint: 'create its folder, or choose one that you can write to',
    });
  }
}
