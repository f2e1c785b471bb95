import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { DOOR_BOUNDS } from '../../doors/bounds.ts';
import { createExpressDoor } from '../../doors/express.ts';
import { createHttp1Server } from '../../doors/http1/server.ts';
import { openPort } from '../../doors/listener.ts';
import type { Receiver } from '../../doors/receiver.ts';
import { explained, respond } from '../../http/outcome.ts';
import { createRecorder } from '../../recording/recorder.ts';
import { MOST_DEVICES, Recording } from '../../recording/recording.ts';
import { CommandError } from '../exit.ts';
import { stopOnSignal, surviveOwnFailures } from '../serve/signals.ts';
import { createForward } from './forward.ts';

export interface RecordOptions {
  readonly upstream: string;
  readonly out: string;
  readonly host: string;
  readonly port: number;
  readonly keepPersonalData?: boolean;
}

const SCHEMA = '# yaml-language-server: $schema=./scenario.schema.json\n';

const tell = (text: string): void => {
  process.stderr.write(`crabapple: ${text}\n`);
};

const refused = (status: number, why: string) =>
  explained(respond(status, { 'content-type': 'text/plain' }, `${why}\n`), why);

/** Stands between an MDM server and an upstream until a signal comes, then writes what it saw. */
export async function record({
  upstream,
  out,
  host,
  port,
  keepPersonalData = false,
}: RecordOptions): Promise<void> {
  const draft = beginFile(out);
  const { stringify } = await import('yaml');
  const recording = new Recording({ keepPersonalData });
  const forward = createForward(upstream, createRecorder(recording));
  const receiver: Receiver = {
    admit: () => ({ kind: 'handshake' }),
    greet: () => ({ kind: 'serve' }),
    handle: (request) =>
      request.path.startsWith('/_crabapple')
        ? refused(404, 'the control API is not recorded; ask the upstream itself')
        : forward(request),
    refuse: (_, status, why) => refused(status, why),
    abandon() {},
    notice: (_, message) => tell(message),
  };
  const server = createHttp1Server(createExpressDoor(receiver, DOOR_BOUNDS), DOOR_BOUNDS);
  const listener = await openPort(server, port, host).catch((error: unknown) => {
    rmSync(draft, { force: true });
    throw error;
  });
  surviveOwnFailures((error) =>
    tell(`a failure of Crabapple itself: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
  );
  stopOnSignal(async () => {
    await listener.close();
    writeFileSync(draft, SCHEMA + stringify(recording.scenario, { lineWidth: 0 }));
    renameSync(draft, out);
    const { devices, profiles, operations } = recording.size;
    if (devices === MOST_DEVICES) tell(`no more than ${MOST_DEVICES} devices are kept`);
    process.stdout.write(
      `${out} written: devices ${devices}, profiles ${profiles}, operations ${operations}\n`,
    );
  });
  process.stdout.write(`http://${host}:${listener.port} leads to ${upstream}; Ctrl-C writes ${out}\n`);
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
