import { type Response, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { type Authority, createAuthority, issueServerCertificate } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import { readClientCertificate } from '../../src/pki/push-certificates.ts';
import { createHttp1Handler } from '../../src/transports/http1/handler.ts';
import { createHttp1Server } from '../../src/transports/http1/server.ts';
import { createHttp2Transport } from '../../src/transports/http2/transport.ts';
import { type Listener, openPort } from '../../src/transports/listener.ts';
import { addHttp2 } from '../../src/transports/plain.ts';
import {
  type RequestReceiver,
  TRANSPORT_LIMITS,
  type TransportLimits,
} from '../../src/transports/receiver.ts';
import { createTlsTransport, type TlsTransport } from '../../src/transports/tls.ts';

export interface Transports {
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly tls: TlsTransport;
  readonly authority: Authority;
  /** Every handled request, in order. */
  readonly requests: readonly HttpRequest[];
  readonly aborted: readonly { readonly path: string; readonly ended: string }[];
  close(): Promise<void>;
}

export const VALIDITY = validityAround([Date.parse('2026-01-01'), Date.now()], 365);

/** A plain and a TLS port with a receiver that the test overrides; by default it responds 200 with the body of the request. */
export async function openTransports(
  given: Partial<RequestReceiver> = {},
  limits: Partial<TransportLimits> = {},
): Promise<Transports> {
  const requests: HttpRequest[] = [];
  const aborted: { path: string; ended: string }[] = [];
  const receiver: RequestReceiver = {
    beforeHandshake: () => ({ kind: 'handshake' }),
    connectionFailed: () => {},
    onConnection: () => ({ kind: 'serve' }),
    reject: (_request, status, why): Response => respond(status, {}, why),
    aborted: ({ path }, ended) => aborted.push({ path, ended }),
    notice: () => {},
    failed: () => {},
    ...given,
    handle(request) {
      requests.push(request);
      return given.handle?.(request) ?? respond(200, { 'x-method': request.method }, request.body);
    },
  };
  const all = { ...TRANSPORT_LIMITS, ...limits };
  const authority = createAuthority(VALIDITY);
  const names = ['localhost', '127.0.0.1', 'api.push.apple.com'];
  const http2 = createHttp2Transport(receiver, all);
  const plain = createHttp1Server(createHttp1Handler(receiver, all, 'http1'), all);
  const http1 = addHttp2(plain, http2, all);
  const tls = createTlsTransport({
    ...issueServerCertificate(authority, names, VALIDITY),
    receiver,
    limits: all,
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
    aborted,
    async close() {
      await Promise.all(ports.map((port) => port.close()));
      http2.close();
    },
  };
}
