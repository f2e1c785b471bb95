import { X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { explained, type Outcome, respond } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { createRecorder } from '../../recording/recorder.ts';
import { MOST_DEVICES, Recording } from '../../recording/recording.ts';
import type { Receiver } from '../../transports/receiver.ts';
import { CommandError } from '../exit.ts';
import { stopOnSignal, surviveOwnFailures } from '../serve/signals.ts';
import { createForward } from './forward.ts';
import { openRecordingPorts } from './ports.ts';

export interface RecordOptions {
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

const SCHEMA = '# yaml-language-server: $schema=./scenario.schema.json\n';

const tell = (text: string): void => {
  process.stderr.write(`crabapple: ${text}\n`);
};

const refused = (status: number, why: string) =>
  explained(respond(status, { 'content-type': 'text/plain' }, `${why}\n`), why);

/** Stands between an MDM server and an upstream until a signal comes, then writes what it saw. */
export async function record(options: RecordOptions): Promise<void> {
  const { upstream, out, keepPersonalData = false } = options;
  const authorities = authoritiesIn(options.upstreamCa);
  const draft = beginFile(out);
  const { stringify } = await import('yaml');
  const recording = new Recording({ keepPersonalData });
  const forward = createForward(upstream, createRecorder(recording), authorities);
  const ports = await openRecordingPorts(receiverOf(forward), options).catch((error: unknown) => {
    rmSync(draft, { force: true });
    throw error;
  });
  surviveOwnFailures((error) =>
    tell(`a failure of Crabapple itself: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
  );
  stopOnSignal(async () => {
    await ports.close();
    writeFileSync(draft, SCHEMA + stringify(recording.scenario, { lineWidth: 0 }));
    renameSync(draft, out);
    const { devices, profiles, pushTokens, locations, operations } = recording.size;
    if (devices === MOST_DEVICES) tell(`no more than ${MOST_DEVICES} devices are kept`);
    process.stdout.write(
      `${out} written: devices ${devices}, profiles ${profiles}, push tokens ${pushTokens}, locations ${locations}, operations ${operations}\n`,
    );
  });
  for (const line of ports.lines) process.stdout.write(`${line}\n`);
  process.stdout.write(`${ports.url} leads to ${upstream}; Ctrl-C writes ${out}\n`);
}

const receiverOf = (forward: (request: HttpRequest) => Promise<Outcome>): Receiver => ({
  beforeHandshake: () => ({ kind: 'handshake' }),
  connectionFailed: ({ why }) => tell(why),
  onConnection: () => ({ kind: 'serve' }),
  handle: (request) =>
    request.path.startsWith('/_crabapple')
      ? refused(404, 'the control API is not recorded; ask the upstream itself')
      : forward(request),
  refuse: (_, status, why) => refused(status, why),
  abandon() {},
  notice: (_, message) => tell(message),
});

/** @throws CommandError */
function authoritiesIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new CommandError(`${file} has no certificate: ${(error as Error).message}`, {
      hint: '--upstream-ca takes a file of certificates in PEM, such as the ca.pem of the upstream',
    });
  }
}

/** At the end it would be too late to hear that nothing can be written there. @throws CommandError */
function beginFile(out: string): string {
  const draft = `${out}.${process.pid}`;
  try {
    writeFileSync(draft, '', { mode: 0o600 });
    return draft;
  } catch (error) {
    throw new CommandError(`${out} cannot be written: ${(error as Error).message}`, {
      hint: 'its folder must exist and be writable',
    });
  }
}
