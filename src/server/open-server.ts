import { TenantError } from '../engine/tenant-error.ts';
import type { Keeper } from '../persistence/data/writer.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import { TRANSPORT_LIMITS, type TransportLimits } from '../transports/bounds.ts';
import { createExpressRouter, createExpressTransport } from '../transports/express.ts';
import type { Http1Handler } from '../transports/http1/handler.ts';
import { tellOfRefusedHeads } from '../transports/http1/refused-head.ts';
import { createHttp1Server } from '../transports/http1/server.ts';
import { createHttp2Transport } from '../transports/http2/transport.ts';
import { type Listener, openPort } from '../transports/listener.ts';
import { addHttp2 } from '../transports/plain.ts';
import { type Addresses, environmentOf } from './control/environment.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './defaults.ts';
import { createReceiver, type ReceiverOptions } from './receiver.ts';
import type { SecurePorts, SecurePortsOptions } from './secure-ports.ts';
import { createTrust } from './trust.ts';

export { PortError } from '../transports/listener.ts';
export { nodeHost } from '../transports/node-host.ts';

/** Which ports are opened, and how requests are received on them. */
export interface ListenOptions extends ReceiverOptions {
  /** 8990 where not given; 0 takes a free one. */
  readonly port?: number | undefined;
  /** Ports that speak TLS, under all of Apple's host names; none where not given. 0 takes a free one. */
  readonly tlsPort?: number | readonly number[] | undefined;
  /** Port of a CONNECT proxy that leads Apple's host names to the TLS port; none where not given. */
  readonly proxyPort?: number | undefined;
  /** 127.0.0.1 where not given. */
  readonly host?: string | undefined;
  /** How long and how large what clients send may be. */
  readonly bounds?: Partial<TransportLimits> | undefined;
}

/** The same, for the command. */
interface OpenOptions extends ListenOptions {
  /** Writes down what is done before it is answered. */
  readonly keeper?: Keeper | undefined;
}

/** A name by which this machine reaches a server that listens there. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The simulated Apple on ports of this machine. */
export interface CrabappleServer extends Addresses, AsyncDisposable {
  /** The plain port. */
  readonly port: number;
  /** Environment variables for programs under test, of the default organization as it is now. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * The same, of the organization with that id if one is given, with files of a push certificate where TLS is spoken:
   * they are made when this is first asked for.
   */
  environment(organization?: string): Promise<Readonly<Record<string, string>>>;
  /** The certificate of the authority that programs shall trust, in PEM. */
  ca(): Promise<string>;
  /** Closes ports and connections. Again and again if one likes. */
  close(): Promise<void>;
}

/** @throws PortError where a port cannot be opened */
export async function openServer(apple: SimulatedApple, options: OpenOptions = {}): Promise<CrabappleServer> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = options;
  const bounds = { ...TRANSPORT_LIMITS, ...options.bounds };
  let addresses: Addresses = { url: '' };
  const { keeper } = options;
  const trust = createTrust(apple, keeper?.folder.path);
  const answering = createReceiver(apple, options, () => addresses, trust);
  const receiver =
    keeper === undefined
      ? answering
      : (await import('../persistence/data/persistent-receiver.ts')).createKeepingReceiver(answering, keeper);
  const server = createHttp1Server(createExpressTransport(receiver, bounds), bounds);
  tellOfRefusedHeads(server, receiver, 'express');
  const http2 = createHttp2Transport(receiver, bounds);
  const http1 = addHttp2(server, http2, bounds);
  let plain: Listener | undefined;
  let secure: SecurePorts | undefined;
  const close = async (): Promise<void> => {
    http2.close();
    answering.close();
    await Promise.all([plain?.close(), secure?.close()]);
    trust.files.remove();
  };
  try {
    plain = await openPort(server, port, host);
    const url = options.publicUrl?.replace(/\/+$/, '') ?? `http://${reachable(host)}:${plain.port}`;
    addresses = { url };
    secure = await openSecure(options, { apple, receiver, bounds, trust, http1, http2, host });
    if (secure !== undefined) {
      addresses = { url, ...secureAddresses(secure, host), pushCertificates: trust.pushCertificates };
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
      if (secure !== undefined) await trust.pushCertificate(tenant.organization);
      return environmentOf(apple, addresses, tenant);
    },
    ca: async () => (await trust.authority()).certificatePem,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Not loaded where nobody asks for it, and not before the plain port is open. */
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
  return createExpressRouter(createReceiver(apple, options, () => ({ url: options.publicUrl ?? '' })));
}
