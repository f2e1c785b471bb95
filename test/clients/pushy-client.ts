import { installOrSkip } from './install-or-skip.ts';
import type { PushClient } from './push-client.ts';
import { PushProgram } from './push-program.ts';
import { compileWithPushy, hasJava, PUSHY, runningWithPushy } from './pushy-programs.ts';

/** It offers no ALPN unless told to, and takes the first SETTINGS for ready. */
export const pushy: PushClient = {
  name: PUSHY,
  sets: ['topic', 'pushType', 'collapseId'],
  failures: {
    goaway: undefined,
    refusedCertificate: undefined,
    closed: /Exception/,
    alertExpired: /Exception/,
    alertInternalError: /Exception/,
  },
  prepare(context) {
    if (!hasJava()) {
      console.log(`${PUSHY}: SKIPPED, Java and Maven are not installed`);
      context.skip();
    }
    installOrSkip(context, PUSHY, () => compileWithPushy('test/clients/pushy/Push.java'));
  },
  start: (settings) => new PushProgram(PUSHY, 'java', runningWithPushy('Push', [JSON.stringify(settings)])),
};
