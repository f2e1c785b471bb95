import type { Router } from 'express';
import { environmentOf } from './control/environment.ts';
import type { Crabapple } from './crabapple.ts';
import { DOOR_BOUNDS, type DoorBounds } from './doors/bounds.ts';
import { createExpressDoor, createExpressRouter } from './doors/express.ts';
import { createHttp1Server } from './doors/http1/server.ts';
import { type Listener, openPort } from './doors/listener.ts';
import { createReceiver, type ReceiverOptions } from './receiver.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './server-defaults.ts';

export { PortError } from './doors/listener.ts';
export { nodeHost } from './doors/node-host.ts';

export interface ListenOptions extends ReceiverOptions {
  /** 8990 where not given; 0 takes a free one. */
  readonly port?: number | undefined;
  /** 127.0.0.1 where not given. */
  readonly host?: string | undefined;
  readonly bounds?: Partial<DoorBounds> | undefined;
}

/** A name by which this machine reaches a server that listens there. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The simulated Apple on ports of this machine. */
export interface CrabappleServer extends AsyncDisposable {
  /** Base URL of the plain port, without a slash at its end. */
  readonly url: string;
  /** Environment variables for programs under test, of the default organization as it is now. */
  readonly env: Readonly<Record<string, string>>;
  /** Closes ports and connections. Again and again if one likes. */
  close(): Promise<void>;
}

/** @throws PortError where a port cannot be opened */
export async function listen(apple: Crabapple, options: ListenOptions = {}): Promise<CrabappleServer> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = options;
  const bounds = { ...DOOR_BOUNDS, ...options.bounds };
  let url = '';
  const receiver = createReceiver(apple, options, () => url);
  const plain = await openPort(createHttp1Server(createExpressDoor(receiver, bounds), bounds), port, host);
  const listeners: readonly Listener[] = [plain];
  url = options.publicUrl?.replace(/\/+$/, '') ?? `http://${reachable(host)}:${plain.port}`;

  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  return {
    url,
    get env() {
      return environmentOf(apple, url);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function expressRouter(apple: Crabapple, options: ReceiverOptions = {}): Router {
  return createExpressRouter(createReceiver(apple, options, () => options.publicUrl ?? ''));
}
