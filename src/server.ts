import { coreOf } from './api/core-of.ts';
import type { Crabapple } from './api/crabapple.ts';
import { type CrabappleServer, type ListenOptions, openRouter, openServer } from './server/open-server.ts';
import type { ReceiverOptions } from './server/receiver.ts';
import type { Http1Handler } from './transports/http1/handler.ts';

export type { Host } from './core/host.ts';
export type { PushCertificateFiles } from './server/control/environment.ts';
export type { CrabappleServer, ListenOptions } from './server/open-server.ts';
export type { ReceiverOptions } from './server/receiver.ts';
export type { TransportLimits } from './transports/bounds.ts';
export type { Http1Handler } from './transports/http1/handler.ts';
export { PortError } from './transports/listener.ts';
export { nodeHost } from './transports/node-host.ts';

/**
 * Opens ports on which the simulated Apple answers.
 *
 * @throws PortError where a port cannot be opened
 */
export const listen = (apple: Crabapple, options: ListenOptions = {}): Promise<CrabappleServer> =>
  openServer(coreOf(apple), options);

/** The simulated Apple, to be mounted in an Express application of one's own. */
export const expressRouter = (apple: Crabapple, options: ReceiverOptions = {}): Http1Handler =>
  openRouter(coreOf(apple), options);
