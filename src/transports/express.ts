import express, { type Express } from 'express';
import { DOOR_BOUNDS, type DoorBounds } from './bounds.ts';
import { createHttp1Handler, type Http1Handler } from './http1/handler.ts';
import type { Receiver } from './receiver.ts';

/** An Express app of a single handler: the operation table is the routing. */
export function createExpressDoor(receiver: Receiver, bounds: DoorBounds = DOOR_BOUNDS): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(createHttp1Handler(receiver, bounds, 'express'));
  return app;
}

/**
 * What an app that somebody else has takes by `use`, of any version of Express: its type names nothing of Express, whose
 * types not everybody has installed.
 */
export function createExpressRouter(receiver: Receiver, bounds: DoorBounds = DOOR_BOUNDS): Http1Handler {
  return createHttp1Handler(receiver, bounds, 'express');
}
