import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A port that is open. */
export interface Listener {
  readonly port: number;
  /** Closes the port and every connection on it. Again and again if one likes. */
  close(): Promise<void>;
}

/** A port that cannot be opened, with what to do about it. */
export class PortError extends Error {
  /** What to do instead. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'PortError';
    this.hint = hint;
  }
}

/** @param option of the command line that sets the port. @throws PortError */
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
        `another server runs there, perhaps one of these; \`${option} 0\` takes a free port`,
      );
    case 'EACCES':
      return new PortError(
        `port ${port} of ${host} needs a right that this user lacks`,
        `ports from 1024 on need none; \`${option} 0\` takes a free port`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortError(
        `this machine has no address ${host}`,
        '127.0.0.1 is for this machine alone, 0.0.0.0 for every network that it is in',
      );
    default:
      return error;
  }
}
