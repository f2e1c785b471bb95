import express, { type Express } from 'express';
import { createHttp1Handler, type Http1Handler } from './http1/handler.ts';
import { type RequestReceiver, TRANSPORT_LIMITS, type TransportLimits } from './receiver.ts';

/** An Express app with one handler: the engine does the routing. */
export function createExpressTransport(
  receiver: RequestReceiver,
  limits: TransportLimits = TRANSPORT_LIMITS,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(createHttp1Handler(receiver, limits, 'express'));
  return app;
}

/**
 * A middleware for the user's own app, of any version of Express. Its type does not refer to Express, whose types may not
 * be installed.
 */
export function createExpressRouter(
  receiver: RequestReceiver,
  limits: TransportLimits = TRANSPORT_LIMITS,
): Http1Handler {
  return createHttp1Handler(receiver, limits, 'express');
}
