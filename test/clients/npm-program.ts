import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Push, PushResult, PushSettings } from './push-client.ts';

/** Loads a package installed in the folder of the npm clients; it is not a dependency of the project. */
export const npmModule = <Module>(name: string): Module =>
  createRequire(resolve('test/clients/npm/package.json'))(name) as Module;

export const readSettings = (): PushSettings => JSON.parse(process.argv[2]!) as PushSettings;

/** Writes one result per input line until standard input ends. */
export function serve(send: (push: Push) => Promise<PushResult>): void {
  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      const result = await send(JSON.parse(line) as Push).catch((error: Error) => ({ error: error.message }));
      process.stdout.write(`${JSON.stringify(result)}\n`);
    })
    .on('close', () => process.exit());
}
