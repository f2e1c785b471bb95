import type { Socket } from 'node:net';
import type { Connection } from '../core/connection.ts';

const known = new WeakMap<Socket, Connection>();
let count = 0;

/** The connection of a socket, the same for as long as it lasts; `about` is asked for when it is new. */
export function connectionOf(socket: Socket, about: () => Omit<Connection, 'id'>): Connection {
  const before = known.get(socket);
  if (before !== undefined) return before;
  count += 1;
  const connection = { id: count, ...about() };
  known.set(socket, connection);
  return connection;
}
