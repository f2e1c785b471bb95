import type { Socket } from 'node:net';
import { debugData } from './debug-data.ts';
import { ERROR_CODE } from './frames/error-code.ts';
import { FrameWriter } from './frames/frame-writer.ts';

/**
 * SETTINGS and GOAWAY in the place of any answer; last stream 0 and NO_ERROR, as Apple's service was seen to say it:
 * https://github.com/sideshow/apns2/issues/93. What the peer sends is read for a while, so that it sees our last frame.
 */
export function bidFarewell(socket: Socket, reason: string | undefined, patience: number): void {
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  const frames = new FrameWriter();
  frames.settings([]);
  frames.goaway(0, ERROR_CODE.noError, debugData(reason));
  socket.end(frames.take());
}
