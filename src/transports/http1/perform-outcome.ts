import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { bodyBytes, type Outcome, type Response } from '../../core/outcome.ts';
import type { TransportLimits } from '../bounds.ts';
import { pacedBytes } from '../paced-bytes.ts';
import { release, sendStream } from '../send-body.ts';

/** Carries an outcome out on a connection of HTTP/1. `notice` is told what could not be done as it was meant. */
export function performOutcome(
  outcome: Outcome,
  message: ServerResponse,
  { stall }: Pick<TransportLimits, 'stall'>,
  notice: (message: string) => void,
): void {
  const { socket } = message.req;
  if (message.destroyed || socket.destroyed) {
    if (outcome.kind === 'response') release(outcome.body);
    return;
  }
  switch (outcome.kind) {
    case 'response':
      if (outcome.pace === undefined) respond(outcome, message, notice);
      else afterDelay(outcome, outcome.pace.delay, message, () => respond(outcome, message, notice));
      break;
    case 'reset':
      reset(socket);
      break;
    case 'empty_reply':
      socket.destroySoon();
      break;
    case 'goaway':
    case 'refused_stream':
      notice(`${outcome.kind} is of HTTP/2, and this connection is HTTP/1: it was closed instead`);
      socket.destroySoon();
      break;
    case 'stall': {
      const timer = setTimeout(() => socket.destroy(), stall);
      message.once('close', () => clearTimeout(timer));
    }
  }
}

/** Waits, unless the client leaves meanwhile. */
function afterDelay({ body }: Response, delay: number, message: ServerResponse, then: () => void): void {
  const leave = (): void => {
    clearTimeout(timer);
    release(body);
  };
  const timer = setTimeout(() => {
    message.off('close', leave);
    then();
  }, delay);
  message.once('close', leave);
}

function respond(
  { status, headers, body, effects, pace }: Response,
  message: ServerResponse,
  notice: (message: string) => void,
): void {
  try {
    message.statusCode = status;
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) message.setHeader(name, value);
    }
    if (effects?.some(({ kind }) => kind === 'goaway')) message.setHeader('connection', 'close');
    if (effects?.some(({ kind }) => kind === 'stream_limit'))
      notice('stream_limit is of HTTP/2, and this connection is HTTP/1');
    const bytes = pace?.bytesPerSecond === undefined ? undefined : bodyBytes(body);
    if (bytes !== undefined && bytes.length > 0 && message.req.method !== 'HEAD') {
      message.setHeader('content-length', bytes.length);
      message.flushHeaders();
      void sendStream(pacedBytes(bytes, pace!.bytesPerSecond!), message);
    } else if (typeof body === 'string' || body instanceof Uint8Array) {
      if (status >= 200 && status !== 204 && status !== 304)
        message.setHeader('content-length', Buffer.byteLength(body));
      message.end(body);
    } else if (message.req.method === 'HEAD') {
      release(body);
      message.end();
    } else {
      message.flushHeaders();
      void sendStream(body, message).then((failed) => {
        if (failed === undefined) return;
        // The header has gone out: an answer that breaks off must not look whole.
        message.destroy();
        notice(`the answer broke off: ${reasonOf(failed.error)}`);
      });
    }
  } catch (error) {
    message.req.socket.destroy();
    notice(`the answer cannot be sent: ${reasonOf(error)}`);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function reset(socket: Socket): void {
  // Only a bare TCP socket can; of others the connection is cut without ceremony.
  if (socket.constructor === Socket) socket.resetAndDestroy();
  else socket.destroy();
}
