import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Other people's programs, with a lock of their own, so that the project's own install stays lean. */
const FOLDER = resolve('bench/peers');
const LOCK = resolve(FOLDER, 'package-lock.json');
const INSTALLED = resolve(FOLDER, 'node_modules/.bench-lock.json');

export const PEERS = {
  autocannon: resolve(FOLDER, 'node_modules/autocannon/autocannon.js'),
  mockoon: resolve(FOLDER, 'node_modules/@mockoon/cli/bin/run.js'),
  oauth2MockServer: resolve(FOLDER, 'node_modules/oauth2-mock-server/dist/oauth2-mock-server.mjs'),
} as const;

/** For what is used within our own programs; it comes without types. */
export const requirePeer = createRequire(resolve(FOLDER, 'package.json'));

/** Installs them where the lock has changed since, or where they never were. */
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
