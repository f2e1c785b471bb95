import express, { type Express } from 'express';
import { TRANSPORT_LIMITS, type TransportLimits } from './bounds.ts';
import { createHttp1Handler, type Http1Handler } from './http1/handler.ts';
import type { Receiver } from './receiver.ts';

/** An Express app of a single handler: the operation table is the routing. */
export function createExpressTransport(
  receiver: Receiver,
  bounds: TransportLimits = TRANSPORT_LIMITS,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(createHttp1Handler(receiver, bounds, 'express'));
  return app;
}

/**
 * What an app that somebody else has takes by `use`, of any version of Express: its type names nothing of Express, whose
 * types not everybody has installed.
 */
export function createExpressRouter(
  receiver: Receiver,
  bounds: TransportLimits = TRANSPORT_LIMITS,
): Http1Handler {
  return createHttp1Handler(receiver, bounds, 'express');
}
