import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CrabappleServer } from '../clients/crabapple-server.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { SOAK_SCENARIO } from './scenario.ts';
import { type SoakContext, WORKERS } from './workers.ts';

const DEVICES = 2000;

export interface SoakResult {
  /** How often each event occurred: a response by status, or a failure. */
  readonly counts: ReadonlyMap<string, number>;
  /** Resident memory in megabytes after each part of the run; empty if the system does not report it. */
  readonly memory: readonly number[];
  /** Status of a push after the load. */
  readonly lastPush: number;
  /** Exit of the server after SIGTERM. */
  readonly exit: unknown;
}

/** Runs all workers against a server, with faults and hostile peers. */
export async function soak(milliseconds: number, parts = 8): Promise<SoakResult> {
  const apple = await CrabappleServer.start(SOAK_SCENARIO, { quiet: true });
  try {
    const counts = new Map<string, number>();
    const addresses = await overHttp(apple.url).pushes(0, DEVICES);
    const context: SoakContext = {
      apple,
      ca: readFileSync(apple.caFile, 'utf8'),
      certificate: await apple.control.pushCertificate(),
      addresses,
      serials: await apple.control.serialsOf('Soak MDM'),
      count: (event) => counts.set(event, (counts.get(event) ?? 0) + 1),
    };
    let finished = false;
    const working = WORKERS.map(async (work) => {
      for (let turn = 0; !finished; turn += 1) await work(context, turn);
    });
    // A failing worker fails the run.
    const failed = Promise.all(working);
    const memory: number[] = [];
    for (let part = 0; part < parts; part += 1) {
      await Promise.race([pause(milliseconds / parts), failed]);
      memory.push(...residentMegabytes(apple.pid));
    }
    finished = true;
    await failed;
    await apple.control.clearFaults();
    const { token, magic } = (await overHttp(apple.url).pushes(0, 1))[0]!;
    const { status: lastPush } = await fetch(`${apple.url}/3/device/${token}`, {
      method: 'POST',
      body: JSON.stringify({ mdm: magic }),
    });
    return { counts, memory, lastPush, exit: await apple.stop() };
  } catch (error) {
    await apple.stop();
    throw error;
  }
}

/** Reads `/proc`, which only Linux has. */
function residentMegabytes(pid: number): readonly number[] {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return [Math.round(Number(kilobytes) / 1024)];
  } catch {
    return [];
  }
}
