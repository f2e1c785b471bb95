import { connect, type Socket } from 'node:net';

// Frames by hand (RFC 9113 section 4), for what no client library would send.

export const TYPE = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4 } as const;

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Literal fields without indexing (RFC 7541 section 6.2.2). */
export function fields(values: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => Buffer.concat([length(value.length), Buffer.from(value)]);
  return Buffer.concat(
    Object.entries(values).map(([name, value]) => Buffer.concat([Buffer.of(0), text(name), text(value)])),
  );
}

function length(value: number): Buffer {
  if (value < 127) return Buffer.of(value);
  const octets = [127];
  let rest = value - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) octets.push((rest % 128) | 0x80);
  return Buffer.from([...octets, rest]);
}

export const REQUEST = { ':method': 'POST', ':scheme': 'http', ':path': '/x', ':authority': 'a' };

export interface HostilePeer {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  send(...frames: Buffer[]): void;
}

/** A peer that has sent preface and SETTINGS; the test sends the rest. */
export function hostilePeer(port: number): HostilePeer {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(TYPE.settings, 0, 0)]));
  return {
    socket,
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    send(...frames) {
      if (!socket.destroyed) socket.write(Buffer.concat(frames));
    },
  };
}
