import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Programs to compare with, with a lock file of their own: they are not dependencies of the project. */
const FOLDER = resolve('bench/peers');
const LOCK = resolve(FOLDER, 'package-lock.json');
const INSTALLED = resolve(FOLDER, 'node_modules/.bench-lock.json');

export const PEERS = {
  autocannon: resolve(FOLDER, 'node_modules/autocannon/autocannon.js'),
  mockoon: resolve(FOLDER, 'node_modules/@mockoon/cli/bin/run.js'),
  oauth2MockServer: resolve(FOLDER, 'node_modules/oauth2-mock-server/dist/oauth2-mock-server.mjs'),
} as const;

/** A module used in our own programs; it has no types. */
export const requirePeer = createRequire(resolve(FOLDER, 'package.json'));

/** Installs them if the lock file has changed or they are missing. */
export function installPeers(): void {
  const wanted = readFileSync(LOCK, 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--prefix', FOLDER], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  writeFileSync(INSTALLED, wanted);
}
