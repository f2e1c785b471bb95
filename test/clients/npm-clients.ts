import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { installOrSkip } from './install-or-skip.ts';
import type { PushClient, PushSession, PushSettings } from './push-client.ts';
import { PushProgram } from './push-program.ts';

const FOLDER = resolve('test/clients/npm');
const TIMEOUT = 120_000;

let installed = false;

/** Installs the versions of the folder's lock file, without running install scripts. */
function install(): void {
  if (installed) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', FOLDER], { stdio: 'pipe', timeout: TIMEOUT });
  installed = true;
}

const pinned = JSON.parse(readFileSync(`${FOLDER}/package.json`, 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

type ClientTraits = Pick<PushClient, 'settableFields' | 'failures' | 'retries' | 'checksCertificateFor'>;

function npmClient(name: string, program: string, traits: ClientTraits): PushClient {
  return {
    name: `npm ${name} ${pinned.dependencies[name]}`,
    ...traits,
    prepare: (context) => installOrSkip(context, name, install),
    start(settings: PushSettings): PushSession {
      const file = resolve(`build/test/clients/${program}`);
      if (!existsSync(file)) throw new Error(`${file} is not built`);
      return new PushProgram(name, process.execPath, [file, JSON.stringify(settings)], {
        // apns2, and node-apn with a proxy, have no option for a certificate authority.
        NODE_EXTRA_CA_CERTS: settings.caFile,
      });
    },
  };
}

export const nodeApn = npmClient('@parse/node-apn', 'node-apn-program.js', {
  settableFields: ['topic', 'pushType', 'priority', 'collapseId', 'apnsId', 'expiration'],
  retries: true,
  checksCertificateFor: 'sandbox',
  failures: {
    goaway: /REFUSED_STREAM/,
    rejectedCertificate: /REFUSED_STREAM/,
    closed: /stream ended unexpectedly|apn write failed/,
    alertExpired: /SSL alert number 45/,
    alertInternalError: /SSL alert number 80/,
  },
});
export const npmApns2 = npmClient('apns2', 'npm-apns2-program.js', {
  settableFields: ['topic', 'pushType', 'priority', 'collapseId', 'expiration'],
  failures: {
    goaway: /REFUSED_STREAM|socket|GOAWAY/,
    rejectedCertificate: /./,
    closed: /./,
    alertExpired: /alert number 45/,
    alertInternalError: /alert number 80/,
  },
});
