import type { Receiver } from '../../../src/doors/receiver.ts';
import { respond } from '../../../src/http/outcome.ts';

/** Lets everybody in and answers nothing but 200. */
export const nobody: Receiver = {
  admit: () => ({ kind: 'handshake' }),
  lose: () => {},
  greet: () => ({ kind: 'serve' }),
  refuse: (_request, status, why) => respond(status, {}, why),
  abandon: () => {},
  notice: () => {},
  handle: () => respond(200),
};
