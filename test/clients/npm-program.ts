import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Push, PushAnswer, PushSettings } from './push-client.ts';

/** A package of the clients' own folder, which is none of the project's. */
export const npmModule = <Module>(name: string): Module =>
  createRequire(resolve('test/clients/npm/package.json'))(name) as Module;

export const readSettings = (): PushSettings => JSON.parse(process.argv[2]!) as PushSettings;

/** Answers every line until standard input ends. */
export function hold(send: (push: Push) => Promise<PushAnswer>): void {
  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      const answer = await send(JSON.parse(line) as Push).catch((error: Error) => ({ error: error.message }));
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    })
    .on('close', () => process.exit());
}
