import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Comparison, Figure, Settings } from '../harness/comparison.ts';
import { median } from '../harness/rounds.ts';
import type { InProcess } from '../load/in-process.ts';

const PROGRAM = resolve('build/bench/load/in-process.js');

const START = { atMost: 50 };
const CLOSE = { atMost: 20 };

/** A set has seven connections on the plain port, and three more if there are TLS and proxy ports. */
const CONNECTION_SETS = 25;

async function measure(kind: 'plain' | 'secure', quick: boolean): Promise<InProcess> {
  const parameters = [PROGRAM, kind, quick ? '10' : '100', String(CONNECTION_SETS)];
  const { stdout } = await promisify(execFile)(process.execPath, parameters);
  return JSON.parse(stdout) as InProcess;
}

async function run({ quick }: Settings): Promise<readonly Figure[]> {
  const rounds = quick ? 2 : 9;
  const figures: Figure[] = [];
  for (const [kind, where] of [
    ['plain', 'the plain port'],
    ['secure', 'plain, TLS and proxy ports'],
  ] as const) {
    const measured: InProcess[] = [];
    for (let round = 0; round < rounds; round += 1) measured.push(await measure(kind, quick));
    const figure = (what: string, name: keyof InProcess, target: Figure['target']): Figure => ({
      what: `${what}: ${where}`,
      value: median(measured.map((one) => one[name])),
      unit: 'ms',
      target,
      from: `median of ${rounds} processes`,
    });
    figures.push(
      figure('listen(), first in a process', 'firstStart', START),
      figure('listen(), later', 'start', START),
      figure('close()', 'close', CLOSE),
      figure(
        `close() with ${CONNECTION_SETS * (kind === 'plain' ? 7 : 10)} open connections`,
        'closeWithConnections',
        CLOSE,
      ),
    );
  }
  return figures;
}

export const inProcess: Comparison = {
  name: 'in-process',
  about: 'listen() and close() within a test process',
  run,
};
