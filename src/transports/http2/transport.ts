import type { Socket } from 'node:net';
import type { Connection } from '../../core/connection.ts';
import type { TransportLimits } from '../bounds.ts';
import type { Receiver } from '../receiver.ts';
import { bidFarewell } from './farewell.ts';
import { Output } from './output.ts';
import { LEAVING, Session } from './session.ts';
import { Underway } from './underway.ts';

/** Serves HTTP/2 on sockets whose peer is known to speak it. */
export interface Http2Transport {
  accept(socket: Socket, connection: Connection): void;
  close(): void;
}

export function createHttp2Transport(receiver: Receiver, bounds: TransportLimits): Http2Transport {
  const underway = new Underway(bounds.request);
  const surroundings = { receiver, bounds, underway, output: new Output() };
  return {
    accept(socket, connection) {
      socket.on('error', () => {});
      const greeting = receiver.onConnection(connection);
      switch (greeting.kind) {
        case 'serve':
          new Session(socket, connection, surroundings, greeting);
          return;
        case 'close':
          socket.destroy();
          return;
        case 'goaway':
          bidFarewell(socket, greeting.reason, LEAVING);
          return;
      }
    },
    close: () => underway.close(),
  };
}
