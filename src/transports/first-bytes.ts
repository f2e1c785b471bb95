import type { Socket } from 'node:net';
import { bufferedBytes } from './buffered-bytes.ts';

/** `PRI * HTTP/2.0…`: RFC 9113 section 3.4. No method of HTTP/1 begins so. */
const PREFACE = Buffer.from('PRI');

export interface Speakers {
  readonly http1: (socket: Socket) => void;
  readonly http2: (socket: Socket) => void;
}

/** Hands a socket to who speaks the protocol that its first bytes are of; closes it where none come in time. */
export function byFirstBytes(socket: Socket, { http1, http2 }: Speakers, patience: number): void {
  const ignore = (): void => {};
  const timer = setTimeout(() => socket.destroy(), patience);
  const close = (): void => clearTimeout(timer);
  let bytes = Buffer.alloc(0);
  // Not in a `data` listener: the HTTP/2 session would miss what was read there.
  const look = (): void => {
    const read = bufferedBytes(socket);
    if (read.length === 0) return;
    bytes = Buffer.concat([bytes, read]);
    // Fewer bytes than tell the two apart: more will come.
    if (bytes.length < PREFACE.length && PREFACE.subarray(0, bytes.length).equals(bytes)) return;
    clearTimeout(timer);
    socket.off('readable', look).off('close', close).off('error', ignore).off('end', leave);
    socket.unshift(bytes);
    if (bytes.subarray(0, PREFACE.length).equals(PREFACE)) http2(socket);
    else http1(socket);
  };
  // A peer that has sent nothing and never will.
  const leave = (): void => void socket.destroy();
  socket.on('error', ignore).once('close', close).once('end', leave).on('readable', look);
}
