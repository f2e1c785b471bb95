import { coreOf } from './api/core-of.ts';
import type { Crabapple } from './api/crabapple.ts';
import type { Http1Handler } from './doors/http1/handler.ts';
import { type CrabappleServer, type ListenOptions, openRouter, openServer } from './open-server.ts';
import type { ReceiverOptions } from './receiver.ts';
// Servers start within milliseconds: what they answer with comes with this module.
import './services/whole.ts';

export type { PushCertificateFiles } from './control/environment.ts';
export type { DoorBounds } from './doors/bounds.ts';
export type { Http1Handler } from './doors/http1/handler.ts';
export { PortError } from './doors/listener.ts';
export { nodeHost } from './doors/node-host.ts';
export type { CrabappleServer, ListenOptions } from './open-server.ts';
export type { ReceiverOptions } from './receiver.ts';
export type { Host } from './runtime/host.ts';

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
