import { DOOR_BOUNDS, type DoorBounds } from '../../src/doors/bounds.ts';
import { createHttp1Handler } from '../../src/doors/http1/handler.ts';
import { createHttp1Server } from '../../src/doors/http1/server.ts';
import { createHttp2Door } from '../../src/doors/http2/door.ts';
import { type Listener, openPort } from '../../src/doors/listener.ts';
import { addHttp2 } from '../../src/doors/plain.ts';
import type { Receiver } from '../../src/doors/receiver.ts';
import { createTlsDoor, type TlsDoor } from '../../src/doors/tls.ts';
import { type Response, respond } from '../../src/http/outcome.ts';
import type { HttpRequest } from '../../src/http/request.ts';
import { type Authority, createAuthority, issueServerCertificate } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import { readClientCertificate } from '../../src/pki/push-certificates.ts';

export interface Doors {
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly tls: TlsDoor;
  readonly authority: Authority;
  /** Every request that came through, in order. */
  readonly requests: readonly HttpRequest[];
  readonly abandoned: readonly { readonly path: string; readonly ended: string }[];
  close(): Promise<void>;
}

export const VALIDITY = validityAround([Date.parse('2026-01-01'), Date.now()], 365);

/** Both ports, and behind them whoever the test wants to answer; else everything is 200 with its body. */
export async function openDoors(
  given: Partial<Receiver> = {},
  bounds: Partial<DoorBounds> = {},
): Promise<Doors> {
  const requests: HttpRequest[] = [];
  const abandoned: { path: string; ended: string }[] = [];
  const receiver: Receiver = {
    admit: () => ({ kind: 'handshake' }),
    lose: () => {},
    greet: () => ({ kind: 'serve' }),
    refuse: (_request, status, why): Response => respond(status, {}, why),
    abandon: ({ path }, ended) => abandoned.push({ path, ended }),
    notice: () => {},
    ...given,
    handle(request) {
      requests.push(request);
      return given.handle?.(request) ?? respond(200, { 'x-method': request.method }, request.body);
    },
  };
  const all = { ...DOOR_BOUNDS, ...bounds };
  const authority = createAuthority(VALIDITY);
  const names = ['localhost', '127.0.0.1', 'api.push.apple.com'];
  const http2 = createHttp2Door(receiver, all);
  const plain = createHttp1Server(createHttp1Handler(receiver, all, 'http1'), all);
  const http1 = addHttp2(plain, http2, all);
  const tls = createTlsDoor({
    ...issueServerCertificate(authority, names, VALIDITY),
    receiver,
    bounds: all,
    http1,
    http2,
    readCertificate: (der) => readClientCertificate(der, authority),
  });
  const ports: readonly Listener[] = await Promise.all(
    [plain, tls.createPort()].map((server) => openPort(server, 0, '127.0.0.1')),
  );
  return {
    plainPort: ports[0]!.port,
    tlsPort: ports[1]!.port,
    tls,
    authority,
    requests,
    abandoned,
    async close() {
      await Promise.all(ports.map((port) => port.close()));
      http2.close();
    },
  };
}
