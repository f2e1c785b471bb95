import type { Socket } from 'node:net';
import { bufferedBytes } from './buffered-bytes.ts';

const RECORD_HEADER = 5;
/** The type of the record that TLS begins with: RFC 8446 section 5.1. */
export const HANDSHAKE = 0x16;
const CLIENT_HELLO = 0x01;
const SERVER_NAME = 0;
/** Most ClientHellos have a few hundred bytes; a longer record than TLS allows (RFC 8446 section 5.1) is none. */
const LONGEST = RECORD_HEADER + 16_384;

/** How many bytes of a record are wanted before it can be read. */
function wanted(bytes: Buffer): number {
  if (bytes.length < RECORD_HEADER) return RECORD_HEADER;
  return bytes[0] === HANDSHAKE ? RECORD_HEADER + bytes.readUInt16BE(3) : 0;
}

/** The host name of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3); null where it names none. */
export function serverNameIn(hello: Buffer): string | null {
  try {
    let at = RECORD_HEADER;
    if (hello[0] !== HANDSHAKE || hello[at] !== CLIENT_HELLO) return null;
    at += 4 + 2 + 32;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    const end = at + 2 + hello.readUInt16BE(at);
    at += 2;
    while (at < end) {
      const type = hello.readUInt16BE(at);
      const length = hello.readUInt16BE(at + 2);
      at += 4;
      if (type === SERVER_NAME) {
        const nameLength = hello.readUInt16BE(at + 3);
        return hello.toString('latin1', at + 5, at + 5 + nameLength).toLowerCase() || null;
      }
      at += length;
    }
    return null;
  } catch (error) {
    // Lengths that lead out of the record: whatever it is, it names nobody.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads the ClientHello of a peer and puts it back; closes a peer that sends none in time. */
export function readServerName(
  socket: Socket,
  patience: number,
  then: (serverName: string | null) => void,
): void {
  const timer = setTimeout(() => socket.destroy(), patience);
  const close = (): void => clearTimeout(timer);
  const ignore = (): void => {};
  const leave = (): void => void socket.destroy();
  let bytes = Buffer.alloc(0);
  const look = (): void => {
    const read = bufferedBytes(socket);
    if (read.length === 0) return;
    bytes = Buffer.concat([bytes, read]);
    if (bytes.length < Math.min(wanted(bytes), LONGEST)) return;
    clearTimeout(timer);
    socket.off('readable', look).off('close', close).off('error', ignore).off('end', leave);
    socket.unshift(bytes);
    then(serverNameIn(bytes));
  };
  socket.on('error', ignore).once('close', close).once('end', leave).on('readable', look);
}
