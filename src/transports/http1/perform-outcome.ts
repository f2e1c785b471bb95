import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { bodyBytes, type Outcome, type Response } from '../../core/outcome.ts';
import { pacedBytes, releaseBody, sendStream } from '../body.ts';
import type { TransportLimits } from '../receiver.ts';

/** Performs an outcome on an HTTP/1 connection. Calls `notice` with what HTTP/1 cannot do. */
export function performOutcome(
  outcome: Outcome,
  message: ServerResponse,
  { stall }: Pick<TransportLimits, 'stall'>,
  notice: (message: string) => void,
): void {
  const { socket } = message.req;
  if (message.destroyed || socket.destroyed) {
    if (outcome.kind === 'response') releaseBody(outcome.body);
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
      notice(`${outcome.kind} needs HTTP/2; this HTTP/1 connection was closed instead`);
      socket.destroySoon();
      break;
    case 'stall': {
      const timer = setTimeout(() => socket.destroy(), stall);
      message.once('close', () => clearTimeout(timer));
    }
  }
}

/** Calls `then` after the delay unless the client disconnects before. */
function afterDelay({ body }: Response, delay: number, message: ServerResponse, then: () => void): void {
  const onClose = (): void => {
    clearTimeout(timer);
    releaseBody(body);
  };
  const timer = setTimeout(() => {
    message.off('close', onClose);
    then();
  }, delay);
  message.once('close', onClose);
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
      notice('stream_limit needs HTTP/2; it has no effect on this HTTP/1 connection');
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
      releaseBody(body);
      message.end();
    } else {
      message.flushHeaders();
      void sendStream(body, message).then((failed) => {
        if (failed === undefined) return;
        // The header is sent: an incomplete body must not look complete.
        message.destroy();
        notice(`the response ended early: ${messageOf(failed.error)}`);
      });
    }
  } catch (error) {
    message.req.socket.destroy();
    notice(`cannot send the response: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function reset(socket: Socket): void {
  // Only a bare TCP socket can send RST; other sockets are destroyed.
  if (socket.constructor === Socket) socket.resetAndDestroy();
  else socket.destroy();
}
