import type { Socket } from 'node:net';
import { debugData } from './debug-data.ts';

const FRAME_HEADER = 9;
const TYPE = { settings: 0x04, goaway: 0x07 } as const;

function frame(type: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(FRAME_HEADER);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  return Buffer.concat([head, payload]);
}

/** Last stream 0 and NO_ERROR, as Apple's service was seen to say it: https://github.com/sideshow/apns2/issues/93. */
const NOTHING_PROCESSED = Buffer.alloc(8);

/**
 * SETTINGS and GOAWAY (RFC 9113 section 6.8) in the place of any answer. Written by hand: no session is there to
 * begin streams meanwhile. What the peer sends is read for a while, so that it sees our last frame.
 */
export function bidFarewell(socket: Socket, reason: string | undefined, patience: number): void {
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  socket.end(
    Buffer.concat([
      frame(TYPE.settings, new Uint8Array()),
      frame(TYPE.goaway, Buffer.concat([NOTHING_PROCESSED, debugData(reason)])),
    ]),
  );
}
