import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CrabappleServer } from '../../server/open-server.ts';
import { CommandError } from '../errors.ts';

/** A file of an earlier run would name a server that has stopped. */
export function removeReadyFile(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Writes the file atomically. Only the owner can read it, because it contains secrets. It is removed when the process
 * exits.
 */
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
    throw new CommandError(`cannot write the ready file: ${(error as Error).message}`, {
      hint: 'create its folder, or choose one that you can write to',
    });
  }
  process.once('exit', () => {
    if (isOurs(path)) rmSync(path, { force: true });
  });
}

/** Another server may have replaced the file. */
function isOurs(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown }).pid === process.pid;
  } catch {
    return false;
  }
}
