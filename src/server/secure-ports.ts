import { join } from 'node:path';
import { CERTIFICATE_FILE, issueServerCertificate } from '../pki/authority.ts';
import { validityAround } from '../pki/certificates.ts';
import { readClientCertificate } from '../pki/push-certificates.ts';
import { UNSERVED_APPLE_HOSTS } from '../services/apple-hosts.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { Http2Transport } from '../transports/http2/transport.ts';
import { type Listener, openPort } from '../transports/listener.ts';
import type { ServeHttp1 } from '../transports/plain.ts';
import { createProxyTransport } from '../transports/proxy.ts';
import type { RequestReceiver, TransportLimits } from '../transports/receiver.ts';
import { createTlsTransport } from '../transports/tls.ts';
import { type Certificates, currentTimes } from './certificates.ts';

export interface SecurePortsOptions {
  readonly apple: SimulatedApple;
  readonly receiver: RequestReceiver;
  readonly limits: TransportLimits;
  readonly certificates: Certificates;
  readonly http1: ServeHttp1;
  readonly http2: Http2Transport;
  readonly host: string;
  /** Names for which the certificate is valid, in addition to Apple's and loopback names. */
  readonly names: readonly string[];
  readonly tlsPorts: readonly number[];
  readonly proxyPort: number | undefined;
}

export interface SecurePorts {
  readonly tlsPorts: readonly number[];
  readonly proxyPort: number | undefined;
  readonly caFile: string;
  close(): Promise<void>;
}

/** Apple's clients reject certificates of private authorities that are valid longer: https://support.apple.com/103769 */
const LEAF_DAYS = 800;

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Opens the TLS ports and the proxy. @throws PortError; none of them is open then */
export async function openSecurePorts(options: SecurePortsOptions): Promise<SecurePorts> {
  const { apple, host, limits, tlsPorts, proxyPort } = options;
  const authority = await options.certificates.authority();
  const hosts = appleHosts(apple);
  const names = [...new Set([...hosts, ...LOOPBACK, ...options.names])];
  const transport = createTlsTransport({
    ...issueServerCertificate(authority, names, validityAround(currentTimes(apple), LEAF_DAYS)),
    receiver: options.receiver,
    limits,
    http1: options.http1,
    http2: options.http2,
    readCertificate: (der) => readClientCertificate(der, authority),
  });

  const opened: Listener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listener) => listener.close()));
  };
  try {
    for (const port of tlsPorts)
      opened.push(await openPort(transport.createPort(), port, host, '--tls-port'));
    if (proxyPort !== undefined) {
      const proxy = createProxyTransport({ hosts: new Set(hosts), accept: transport.accept, limits });
      opened.push(await openPort(proxy, proxyPort, host, '--proxy-port'));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    tlsPorts: opened.slice(0, tlsPorts.length).map(({ port }) => port),
    proxyPort: proxyPort === undefined ? undefined : opened.at(-1)?.port,
    caFile: caFile(options.certificates, authority.certificatePem),
    close,
  };
}

/** A stored authority has the file already. */
const caFile = ({ folder, files }: Certificates, certificatePem: string): string =>
  folder === undefined ? files.write('ca.pem', certificatePem) : join(folder, CERTIFICATE_FILE);

function appleHosts({ engine }: SimulatedApple): readonly string[] {
  return [...Object.keys(UNSERVED_APPLE_HOSTS), ...engine.tables.flatMap(({ hosts }) => hosts)];
}
