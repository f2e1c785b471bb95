import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * Reads everything that a stream has buffered. From Node 26 on `read` returns no more than one of the chunks in which the
 * data came.
 */
export function bufferedBytes(stream: Readable): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Waits for the first bytes of a socket and puts them back. Destroys the socket if they do not arrive in time.
 *
 * @param timeout in real milliseconds
 * @param isEnough whether these bytes are enough to decide
 */
function peek(
  socket: Socket,
  timeout: number,
  isEnough: (bytes: Buffer) => boolean,
  done: (bytes: Buffer) => void,
): void {
  const timer = setTimeout(() => socket.destroy(), timeout);
  const onClose = (): void => clearTimeout(timer);
  const onError = (): void => {};
  const onEnd = (): void => void socket.destroy();
  let bytes = Buffer.alloc(0);
  // Not a `data` listener: an HTTP/2 session would miss what such a listener has read.
  const onReadable = (): void => {
    const read = bufferedBytes(socket);
    if (read.length === 0) return;
    bytes = Buffer.concat([bytes, read]);
    if (!isEnough(bytes)) return;
    clearTimeout(timer);
    socket.off('readable', onReadable).off('close', onClose).off('error', onError).off('end', onEnd);
    socket.unshift(bytes);
    done(bytes);
  };
  socket.on('error', onError).once('close', onClose).once('end', onEnd).on('readable', onReadable);
}

/** `PRI * HTTP/2.0…`: RFC 9113 section 3.4. No method of HTTP/1 begins like this. */
const PREFACE = Buffer.from('PRI');

/** Hands a socket to the server of the protocol that its first bytes belong to. */
export function detectProtocol(
  socket: Socket,
  { http1, http2 }: { readonly http1: (socket: Socket) => void; readonly http2: (socket: Socket) => void },
  timeout: number,
): void {
  peek(
    socket,
    timeout,
    (bytes) => bytes.length >= PREFACE.length || !PREFACE.subarray(0, bytes.length).equals(bytes),
    (bytes) => (bytes.subarray(0, PREFACE.length).equals(PREFACE) ? http2(socket) : http1(socket)),
  );
}

const RECORD_HEADER = 5;
/** The type of the first TLS record: RFC 8446 section 5.1. */
export const HANDSHAKE = 0x16;
const CLIENT_HELLO = 0x01;
const SERVER_NAME = 0;
/** The largest TLS record (RFC 8446 section 5.1). Most ClientHellos have a few hundred bytes. */
const MAX_RECORD = RECORD_HEADER + 16_384;

/** How many bytes of a record are needed before it can be read. */
function recordLength(bytes: Buffer): number {
  if (bytes.length < RECORD_HEADER) return RECORD_HEADER;
  return bytes[0] === HANDSHAKE ? RECORD_HEADER + bytes.readUInt16BE(3) : 0;
}

/** The host name of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3); null if it has none. */
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
    // A length points beyond the record: it is not a valid ClientHello.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads the host name of a peer's ClientHello and puts the bytes back. */
export function readServerName(
  socket: Socket,
  timeout: number,
  done: (serverName: string | null) => void,
): void {
  peek(
    socket,
    timeout,
    (bytes) => bytes.length >= Math.min(recordLength(bytes), MAX_RECORD),
    (bytes) => done(serverNameIn(bytes)),
  );
}
