import { type Response, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { type Authority, createAuthority } from '../../src/pki/authority.ts';
import { readClientCertificate } from '../../src/pki/read-client-certificate.ts';
import { issueServerCertificate } from '../../src/pki/server-certificate.ts';
import { validityAround } from '../../src/pki/validity.ts';
import { TRANSPORT_LIMITS, type TransportLimits } from '../../src/transports/bounds.ts';
import { createHttp1Handler } from '../../src/transports/http1/handler.ts';
import { createHttp1Server } from '../../src/transports/http1/server.ts';
import { createHttp2Transport } from '../../src/transports/http2/transport.ts';
import { type Listener, openPort } from '../../src/transports/listener.ts';
import { addHttp2 } from '../../src/transports/plain.ts';
import type { Receiver } from '../../src/transports/receiver.ts';
import { createTlsTransport, type TlsTransport } from '../../src/transports/tls.ts';

export interface Transports {
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly tls: TlsTransport;
  readonly authority: Authority;
  /** Every request that came through, in order. */
  readonly requests: readonly HttpRequest[];
  readonly abandoned: readonly { readonly path: string; readonly ended: string }[];
  close(): Promise<void>;
}

export const VALIDITY = validityAround([Date.parse('2026-01-01'), Date.now()], 365);

/** Both ports, and behind them whoever the test wants to answer; else everything is 200 with its body. */
export async function openTransports(
  given: Partial<Receiver> = {},
  bounds: Partial<TransportLimits> = {},
): Promise<Transports> {
  const requests: HttpRequest[] = [];
  const abandoned: { path: string; ended: string }[] = [];
  const receiver: Receiver = {
    beforeHandshake: () => ({ kind: 'handshake' }),
    connectionFailed: () => {},
    onConnection: () => ({ kind: 'serve' }),
    refuse: (_request, status, why): Response => respond(status, {}, why),
    abandon: ({ path }, ended) => abandoned.push({ path, ended }),
    notice: () => {},
    ...given,
    handle(request) {
      requests.push(request);
      return given.handle?.(request) ?? respond(200, { 'x-method': request.method }, request.body);
    },
  };
  const all = { ...TRANSPORT_LIMITS, ...bounds };
  const authority = createAuthority(VALIDITY);
  const names = ['localhost', '127.0.0.1', 'api.push.apple.com'];
  const http2 = createHttp2Transport(receiver, all);
  const plain = createHttp1Server(createHttp1Handler(receiver, all, 'http1'), all);
  const http1 = addHttp2(plain, http2, all);
  const tls = createTlsTransport({
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
