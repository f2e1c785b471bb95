import type { Socket } from 'node:net';

const ALERT = 0x15;
const FATAL = 0x02;

/**
 * Answers a ClientHello with a fatal alert (RFC 8446 section 6), which Node itself never chooses. It goes out before
 * any certificate was seen; clients say the same of it: Go `remote error: tls: expired certificate`.
 */
export function tlsAlert(socket: Socket, alert: number, patience: number): void {
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => {});
  socket.once('data', () => socket.end(Uint8Array.of(ALERT, 0x03, 0x03, 0x00, 0x02, FATAL, alert)));
  socket.once('end', () => socket.destroy());
}
