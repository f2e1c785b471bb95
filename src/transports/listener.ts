import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Connection } from '../core/connection.ts';

/** An open port. */
export interface Listener {
  readonly port: number;
  /** Closes the port and every connection on it. Repeated calls do nothing. */
  close(): Promise<void>;
}

/** A port that cannot be opened, and what to do about it. */
export class PortError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'PortError';
    this.hint = hint;
  }
}

/** @param option the command line option that sets the port. @throws PortError */
export async function openPort(
  server: Server,
  port: number,
  host: string,
  option = '--port',
): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  try {
    server.listen({ port, host });
    await once(server, 'listening');
  } catch (error) {
    throw portError(error, port, host, option);
  }
  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closed;
    },
  };
}

function portError(error: unknown, port: number, host: string, option: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortError(
        `port ${port} of ${host} is in use`,
        `stop the server that uses it, or give \`${option} 0\` for a free port`,
      );
    case 'EACCES':
      return new PortError(
        `this user may not open port ${port} of ${host}`,
        `use a port from 1024 on, or give \`${option} 0\` for a free port`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortError(
        `this machine has no address ${host}`,
        'use 127.0.0.1 for this machine only, or 0.0.0.0 for all of its networks',
      );
    default:
      return error;
  }
}

const connections = new WeakMap<Socket, Connection>();
let connectionCount = 0;

/** The connection of a socket: one object for as long as the socket lives. `describe` is called for a new one. */
export function connectionOf(socket: Socket, describe: () => Omit<Connection, 'id'>): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  connectionCount += 1;
  const connection = { id: connectionCount, ...describe() };
  connections.set(socket, connection);
  return connection;
}

/** A connection without TLS, or one whose TLS is not ours. */
export const plainConnection = (socket: Socket, protocol: Connection['protocol']): Connection =>
  connectionOf(socket, () => ({
    protocol,
    secure: 'encrypted' in socket,
    serverName: undefined,
    certificate: undefined,
  }));
