import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CrabappleServer } from '../../server/open-server.ts';
import { CommandError } from '../exit.ts';

/** One of an earlier run would send its readers to a server that is gone. */
export function removeReadyFile(file: string): void {
  rmSync(file, { force: true });
}

/** Appears whole or not at all, for its owner alone because it has secrets, and goes when the process does. */
export async function writeReadyFile(file: string, server: CrabappleServer): Promise<void> {
  const { url, tlsUrl, proxyUrl, caFile } = server;
  const env = await server.environment();
  const path = resolve(file);
  const draft = `${path}.${process.pid}`;
  try {
    const content = { pid: process.pid, url, tlsUrl, proxyUrl, caFile, env };
    writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new CommandError(`the ready file cannot be written: ${(error as Error).message}`, {
      hint: 'its folder must exist and be writable',
    });
  }
  process.once('exit', () => {
    if (isOurs(path)) rmSync(path, { force: true });
  });
}

/** Another server may have written its own there since. */
function isOurs(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown }).pid === process.pid;
  } catch {
    return false;
  }
}
