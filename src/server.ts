import { type Crabapple, coreOf } from './api/apple.ts';
import { type CrabappleServer, type ListenOptions, openRouter, openServer } from './server/open-server.ts';
import type { ReceiverOptions } from './server/receiver.ts';
import type { Http1Handler } from './transports/http1/handler.ts';
// Loads the services with this module, before the first request.
import './services/whole.ts';

export type { Host } from './core/host.ts';
export type { PushCertificateFiles } from './server/control/environment.ts';
export type { CrabappleServer, ListenOptions } from './server/open-server.ts';
export type { ReceiverOptions } from './server/receiver.ts';
export type { Http1Handler } from './transports/http1/handler.ts';
export { PortError } from './transports/listener.ts';
export { nodeHost } from './transports/node-host.ts';
export type { TransportLimits } from './transports/receiver.ts';

/**
 * Opens the ports of the simulated Apple.
 *
 * @throws PortError if a port cannot be opened
 */
export const listen = (apple: Crabapple, options: ListenOptions = {}): Promise<CrabappleServer> =>
  openServer(coreOf(apple), options);

/** A router for your own Express application. */
export const expressRouter = (apple: Crabapple, options: ReceiverOptions = {}): Http1Handler =>
  openRouter(coreOf(apple), options);
