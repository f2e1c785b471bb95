import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installOrSkip } from './install-or-skip.ts';
import type { PushClient } from './push-client.ts';
import { PushProgram } from './push-program.ts';

const REQUIREMENTS = resolve('test/clients/aioapns/requirements.txt');
const PROGRAM = resolve('test/clients/aioapns/push.py');
const ENVIRONMENT = resolve('build/clients/aioapns');
const PYTHON = join(ENVIRONMENT, 'bin/python');
const TIMEOUT = 240_000;

const pinned = readFileSync(REQUIREMENTS, 'utf8');
const [, version] = /^aioapns==(\S+)$/m.exec(pinned)!;
const NAME = `aioapns ${version}`;

/** True if this Python can create virtual environments; on Debian that is a separate package. */
function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Installs the pinned versions, again if the pins have changed. */
function install(): void {
  const stamp = join(ENVIRONMENT, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pinned) return;
  mkdirSync(ENVIRONMENT, { recursive: true });
  const run = (command: string, parameters: readonly string[]) =>
    execFileSync(command, parameters, { stdio: 'pipe', timeout: TIMEOUT });
  run('python3', ['-m', 'venv', '--clear', ENVIRONMENT]);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(stamp, pinned);
}

/** Offers no ALPN, and sends `host` instead of `:authority`. */
export const aioapns: PushClient = {
  name: NAME,
  settableFields: ['topic', 'pushType', 'priority', 'collapseId', 'apnsId'],
  hiddenReasons: ['BadMessageId'],
  failures: {
    goaway: undefined,
    rejectedCertificate: /MaxAttemptsExceeded/,
    closed: /MaxAttemptsExceeded/,
    alertExpired: /MaxAttemptsExceeded/,
    alertInternalError: /MaxAttemptsExceeded/,
  },
  prepare(context) {
    if (!hasPython()) {
      console.log(`${NAME}: SKIPPED, Python with venv is not installed`);
      context.skip();
    }
    installOrSkip(context, NAME, install);
  },
  start: (settings) =>
    new PushProgram(NAME, PYTHON, [PROGRAM, JSON.stringify(withProxy(settings))], {
      SSL_CERT_FILE: settings.caFile,
    }),
};

function withProxy(settings: Parameters<PushClient['start']>[0]): object {
  const { hostname, port } = new URL(settings.proxyUrl);
  return settings.useProxy ? { ...settings, proxy: { host: hostname, port: Number(port) } } : settings;
}
