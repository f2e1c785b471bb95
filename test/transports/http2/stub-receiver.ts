import { respond } from '../../../src/core/outcome.ts';
import type { RequestReceiver } from '../../../src/transports/receiver.ts';

/** Accepts every connection and responds 200 to every request. */
export const stubReceiver: RequestReceiver = {
  beforeHandshake: () => ({ kind: 'handshake' }),
  connectionFailed: () => {},
  onConnection: () => ({ kind: 'serve' }),
  reject: (_request, status, why) => respond(status, {}, why),
  aborted: () => {},
  notice: () => {},
  failed: () => {},
  handle: () => respond(200),
};
