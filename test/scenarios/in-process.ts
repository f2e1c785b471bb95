import { readFile } from 'node:fs/promises';
import { type Crabapple, createCrabapple } from '../../src/index.ts';
import { requestOf, textOf } from '../dep/requests.ts';
import { portalOf } from './portal.ts';
import type { AppleSide } from './scripted-mdm.ts';

const encoder = new TextEncoder();

/** The simulated Apple of a scenario file, without a port. */
export async function appleOf(file: string): Promise<Crabapple> {
  const readText = (path: string) => readFile(path, 'utf8');
  return createCrabapple(await readText(file), { file, readFile: readText });
}

/** A simulated Apple in this process, for a scripted MDM server. */
export function inProcess(apple: Crabapple): AppleSide {
  return {
    ...portalOf(apple),
    url: 'http://apple.test',
    async send({ method, path, headers, body }) {
      const [plain = '', query = ''] = path.split('?');
      const outcome = await apple.handle({
        ...requestOf(method, plain, { body: encoder.encode(body ?? '') }),
        query,
        headers,
      });
      if (outcome.kind !== 'response') return undefined;
      return { status: outcome.status, headers: outcome.headers, text: textOf(outcome) };
    },
  };
}
