import { createServer, type Server } from 'node:http';
import type { TransportLimits } from '../bounds.ts';
import type { Http1Handler } from './handler.ts';

/** How often connections that are over their time are looked for. */
const CHECKING = 2000;

/** An HTTP/1 server that closes slow senders and idle connections by its bounds; it listens nowhere yet. */
export function createHttp1Server(handler: Http1Handler, bounds: TransportLimits): Server {
  return createServer(
    {
      headersTimeout: Math.min(bounds.head, bounds.request),
      requestTimeout: bounds.request,
      keepAliveTimeout: bounds.idle,
      connectionsCheckingInterval: Math.min(CHECKING, bounds.head),
      // Refused by us, so that the journal has it.
      requireHostHeader: false,
      noDelay: true,
    },
    handler,
  );
}
