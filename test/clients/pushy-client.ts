import { installOrSkip } from './install-or-skip.ts';
import type { PushClient } from './push-client.ts';
import { PushProgram } from './push-program.ts';
import { compileWithPushy, hasJava, PUSHY, pushyArguments } from './pushy-programs.ts';

/** Offers no ALPN by default, and is ready when the first SETTINGS frame arrives. */
export const pushy: PushClient = {
  name: PUSHY,
  settableFields: ['topic', 'pushType', 'collapseId'],
  failures: {
    goaway: undefined,
    rejectedCertificate: undefined,
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
  start: (settings) => new PushProgram(PUSHY, 'java', pushyArguments('Push', [JSON.stringify(settings)])),
};
