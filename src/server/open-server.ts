import { TenantError } from '../engine/tenant.ts';
import type { PersistenceWriter } from '../persistence/data/writer.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import { createExpressRouter, createExpressTransport } from '../transports/express.ts';
import type { Http1Handler } from '../transports/http1/handler.ts';
import { createHttp1Server, reportRejectedRequests } from '../transports/http1/server.ts';
import { createHttp2Transport } from '../transports/http2/transport.ts';
import { type Listener, openPort } from '../transports/listener.ts';
import { addHttp2 } from '../transports/plain.ts';
import { TRANSPORT_LIMITS, type TransportLimits } from '../transports/receiver.ts';
import { createCertificates } from './certificates.ts';
import { type Addresses, environmentOf } from './control/environment.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './defaults.ts';
import { createReceiver, type ReceiverOptions } from './receiver.ts';
import type { SecurePorts, SecurePortsOptions } from './secure-ports.ts';

export { PortError } from '../transports/listener.ts';
export { nodeHost } from '../transports/node-host.ts';

/** Which ports are opened and how requests are received on them. */
export interface ListenOptions extends ReceiverOptions {
  /** Default 8990; 0 takes a free port. */
  readonly port?: number | undefined;
  /** TLS ports, which serve all of Apple's host names. Default none; 0 takes a free port. */
  readonly tlsPort?: number | readonly number[] | undefined;
  /** Port of a CONNECT proxy that redirects Apple's host names to the TLS port. Default none. */
  readonly proxyPort?: number | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Limits for what clients send. */
  readonly bounds?: Partial<TransportLimits> | undefined;
}

/** Options of the command. */
interface OpenOptions extends ListenOptions {
  /** Writes changes before responses are sent. */
  readonly writer?: PersistenceWriter | undefined;
  /** Opens the ports before the services are loaded; the caller loads them later. */
  readonly early?: boolean | undefined;
}

/** A host name by which this machine reaches a server that listens on `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The simulated Apple on ports of this machine. */
export interface CrabappleServer extends Addresses, AsyncDisposable {
  /** The plain port. */
  readonly port: number;
  /** Environment variables for programs under test, for the current default organization. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Environment variables for the organization with that id, by default the default one. With a TLS port they include the
   * files of a push certificate, which the first call creates.
   */
  environment(organization?: string): Promise<Readonly<Record<string, string>>>;
  /** The certificate of the authority that programs must trust, in PEM. */
  ca(): Promise<string>;
  /** Closes ports and connections. Repeated calls do nothing. */
  close(): Promise<void>;
}

/** @throws PortError if a port cannot be opened */
export async function openServer(apple: SimulatedApple, options: OpenOptions = {}): Promise<CrabappleServer> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = options;
  const services = options.early ? undefined : apple.engine.load();
  const limits = { ...TRANSPORT_LIMITS, ...options.bounds };
  let addresses: Addresses = { url: '' };
  const { writer } = options;
  const certificates = createCertificates(apple, writer?.folder.path);
  const serving = createReceiver(apple, options, () => addresses, certificates);
  const receiver =
    writer === undefined
      ? serving
      : (await import('../persistence/data/persistent-receiver.ts')).createPersistentReceiver(
          serving,
          writer,
        );
  const server = createHttp1Server(createExpressTransport(receiver, limits), limits);
  reportRejectedRequests(server, receiver, 'express');
  const http2 = createHttp2Transport(receiver, limits);
  const http1 = addHttp2(server, http2, limits);
  let plain: Listener | undefined;
  let secure: SecurePorts | undefined;
  const close = async (): Promise<void> => {
    http2.close();
    serving.close();
    await Promise.all([plain?.close(), secure?.close()]);
    certificates.files.remove();
  };
  try {
    // Then no request waits, and requests that a transport rejects get Apple's error.
    await services;
    plain = await openPort(server, port, host);
    const url = options.publicUrl?.replace(/\/+$/, '') ?? `http://${reachable(host)}:${plain.port}`;
    addresses = { url };
    secure = await openSecure(options, { apple, receiver, limits, certificates, http1, http2, host });
    if (secure !== undefined) {
      addresses = { url, ...secureAddresses(secure, host), pushCertificates: certificates.pushCertificates };
    }
  } catch (error) {
    await close();
    throw error;
  }

  const env = (): Record<string, string> => environmentOf(apple, addresses);
  return {
    ...addresses,
    port: plain.port,
    get env() {
      return env();
    },
    async environment(id) {
      if (apple.tenants.size === 0) return env();
      const tenant = id === undefined ? apple.tenants.default : apple.tenants.get(id);
      if (tenant === undefined) throw new TenantError('unknown_id', `no organization ${id} is served`);
      if (secure !== undefined) await certificates.pushCertificate(tenant.organization);
      return environmentOf(apple, addresses, tenant);
    },
    ca: async () => (await certificates.authority()).certificatePem,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Loaded only if needed, after the plain port is open. */
async function openSecure(
  { tlsPort = [], proxyPort, allowHosts = [], publicUrl }: ListenOptions,
  shared: Omit<SecurePortsOptions, 'names' | 'tlsPorts' | 'proxyPort'>,
): Promise<SecurePorts | undefined> {
  const tlsPorts = typeof tlsPort === 'number' ? [tlsPort] : tlsPort;
  if (tlsPorts.length === 0 && proxyPort === undefined) return undefined;
  const { openSecurePorts } = await import('./secure-ports.ts');
  const names = [
    shared.host,
    ...allowHosts,
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
  ];
  return openSecurePorts({ ...shared, names, tlsPorts, proxyPort });
}

function secureAddresses({ tlsPorts, proxyPort, caFile }: SecurePorts, host: string): Omit<Addresses, 'url'> {
  const name = reachable(host);
  const [tlsPort] = tlsPorts;
  return {
    caFile,
    ...(tlsPort === undefined ? {} : { tlsUrl: `https://${name}:${tlsPort}` }),
    ...(proxyPort === undefined ? {} : { proxyUrl: `http://${name}:${proxyPort}` }),
  };
}

export function openRouter(apple: SimulatedApple, options: ReceiverOptions = {}): Http1Handler {
  // The first request waits only for its own service, and reports a failure.
  apple.engine.load().catch(() => {});
  return createExpressRouter(createReceiver(apple, options, () => ({ url: options.publicUrl ?? '' })));
}
