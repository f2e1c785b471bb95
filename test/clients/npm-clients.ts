import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { installOrSkip } from './install-or-skip.ts';
import type { PushClient, PushSession, PushSettings } from './push-client.ts';
import { PushProgram } from './push-program.ts';

const FOLDER = resolve('test/clients/npm');
const BOUND = 120_000;

let installed = false;

/** As the lock file of the clients' own folder pins them; scripts of packages are not run. */
function install(): void {
  if (installed) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', FOLDER], { stdio: 'pipe', timeout: BOUND });
  installed = true;
}

const pinned = JSON.parse(readFileSync(`${FOLDER}/package.json`, 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

type Traits = Pick<PushClient, 'sets' | 'failures' | 'repeats' | 'looksFor'>;

function npmClient(name: string, program: string, traits: Traits): PushClient {
  return {
    name: `npm ${name} ${pinned.dependencies[name]}`,
    ...traits,
    prepare: (context) => installOrSkip(context, name, install),
    start(settings: PushSettings): PushSession {
      const file = resolve(`build/test/clients/${program}`);
      if (!existsSync(file)) throw new Error(`${file} is not built`);
      return new PushProgram(name, process.execPath, [file, JSON.stringify(settings)], {
        // The one way to make apns2 trust somebody, and node-apn behind a proxy.
        NODE_EXTRA_CA_CERTS: settings.caFile,
      });
    },
  };
}

export const nodeApn = npmClient('@parse/node-apn', 'node-apn-program.js', {
  sets: ['topic', 'pushType', 'priority', 'collapseId', 'apnsId', 'expiration'],
  repeats: true,
  looksFor: 'sandbox',
  failures: {
    goaway: /REFUSED_STREAM/,
    refusedCertificate: /REFUSED_STREAM/,
    closed: /stream ended unexpectedly|apn write failed/,
    alertExpired: /SSL alert number 45/,
    alertInternalError: /SSL alert number 80/,
  },
});
export const npmApns2 = npmClient('apns2', 'npm-apns2-program.js', {
  sets: ['topic', 'pushType', 'priority', 'collapseId', 'expiration'],
  failures: {
    goaway: /REFUSED_STREAM|socket|GOAWAY/,
    refusedCertificate: /./,
    closed: /./,
    alertExpired: /alert number 45/,
    alertInternalError: /alert number 80/,
  },
});
