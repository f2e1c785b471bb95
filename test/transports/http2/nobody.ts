import { respond } from '../../../src/core/outcome.ts';
import type { Receiver } from '../../../src/transports/receiver.ts';

/** Lets everybody in and answers nothing but 200. */
export const nobody: Receiver = {
  beforeHandshake: () => ({ kind: 'handshake' }),
  connectionFailed: () => {},
  onConnection: () => ({ kind: 'serve' }),
  refuse: (_request, status, why) => respond(status, {}, why),
  abandon: () => {},
  notice: () => {},
  handle: () => respond(200),
};
