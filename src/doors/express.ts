import express, { type Express, type Router } from 'express';
import { DOOR_BOUNDS, type DoorBounds } from './bounds.ts';
import { createHttp1Handler } from './http1/handler.ts';
import type { Receiver } from './receiver.ts';

/** An Express app of a single handler: the operation table is the routing. */
export function createExpressDoor(receiver: Receiver, bounds: DoorBounds = DOOR_BOUNDS): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(createHttp1Handler(receiver, bounds, 'express'));
  return app;
}

/** The same, to be mounted in an app that somebody else has. */
export function createExpressRouter(receiver: Receiver, bounds: DoorBounds = DOOR_BOUNDS): Router {
  return express.Router().use(createHttp1Handler(receiver, bounds, 'express'));
}
