import type { Socket } from 'node:net';
import type { Connection } from '../../core/connection.ts';
import type { RequestReceiver, TransportLimits } from '../receiver.ts';
import { DeadlineList } from './deadlines.ts';
import { SharedOutput } from './flow-control.ts';
import { FrameWriter, goawayReason } from './frame-writer.ts';
import { ERROR_CODE } from './frames.ts';
import { LEAVE_TIME, Session } from './session.ts';

/** Serves HTTP/2 on sockets whose peer is known to speak it. */
export interface Http2Transport {
  accept(socket: Socket, connection: Connection): void;
  close(): void;
}

export function createHttp2Transport(receiver: RequestReceiver, limits: TransportLimits): Http2Transport {
  const deadlines = new DeadlineList(limits.request);
  const context = { receiver, limits, deadlines, output: new SharedOutput() };
  return {
    accept(socket, connection) {
      socket.on('error', () => {});
      const decision = receiver.onConnection(connection);
      switch (decision.kind) {
        case 'serve':
          new Session(socket, connection, context, decision);
          return;
        case 'close':
          socket.destroy();
          return;
        case 'goaway':
          sendGoaway(socket, decision.reason);
          return;
      }
    },
    close: () => deadlines.close(),
  };
}

/**
 * Sends SETTINGS and GOAWAY, serves no stream and closes. Last stream 0 and NO_ERROR are what Apple's service sends:
 * https://github.com/sideshow/apns2/issues/93. What the peer sends is read for a while, or it would not see the GOAWAY.
 */
function sendGoaway(socket: Socket, reason: string | undefined): void {
  const timer = setTimeout(() => socket.destroy(), LEAVE_TIME);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  const frames = new FrameWriter();
  frames.settings([]);
  frames.goaway(0, ERROR_CODE.noError, goawayReason(reason));
  socket.end(frames.take());
}
