import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGo, skipWithoutGo } from './go-toolchain.ts';
import type { FailureMessages, PushClient } from './push-client.ts';
import { PushProgram } from './push-program.ts';

const MODULE_FOLDER = resolve('test/clients/gopush');
const OUTPUT_FOLDER = resolve('build/clients/gopush');

let built = false;

/** Builds the programs for both libraries, in the versions of go.mod and go.sum. */
function build(): void {
  if (built) return;
  mkdirSync(OUTPUT_FOLDER, { recursive: true });
  runGo(['build', '-mod=readonly', '-o', `${OUTPUT_FOLDER}/`, './apns2', './nanopush'], MODULE_FOLDER);
  built = true;
}

type ClientTraits = Pick<PushClient, 'settableFields' | 'failures'>;

function goClient(module: string, program: string, traits: ClientTraits): PushClient {
  const [, version] = new RegExp(`${module} (\\S+)`).exec(readFileSync(`${MODULE_FOLDER}/go.mod`, 'utf8'))!;
  const name = `${module.replace('github.com/', '')} ${version}`;
  return {
    name,
    ...traits,
    prepare(context) {
      skipWithoutGo(context, name);
      build();
    },
    start: (settings) =>
      new PushProgram(name, join(OUTPUT_FOLDER, program), [JSON.stringify(settings)], {
        SSL_CERT_FILE: settings.caFile,
        HTTPS_PROXY: settings.useProxy ? settings.proxyUrl : '',
        NO_PROXY: '',
      }),
  };
}

/** Go retries requests that the server has not processed, for a minute at most. */
const GO_FAILURES: FailureMessages = {
  goaway: undefined,
  rejectedCertificate: undefined,
  closed: /connection reset by peer|broken pipe|EOF|could not be established/,
  alertExpired: /remote error: tls: expired certificate/,
  // micromdm recognizes an expired certificate by this text.
  alertInternalError: /remote error: tls: internal error/,
};

export const goApns2 = goClient('github.com/sideshow/apns2', 'apns2', {
  settableFields: ['topic', 'pushType', 'priority', 'collapseId', 'apnsId', 'expiration'],
  failures: GO_FAILURES,
});
export const nanomdm = goClient('github.com/micromdm/nanomdm', 'nanopush', {
  settableFields: [],
  failures: GO_FAILURES,
});
