import { createCertificates } from '../../server/certificates.ts';
import { SimulatedApple } from '../../simulated-apple.ts';
import { createExpressTransport } from '../../transports/express.ts';
import { createHttp1Server } from '../../transports/http1/server.ts';
import { createHttp2Transport } from '../../transports/http2/transport.ts';
import { openPort } from '../../transports/listener.ts';
import { nodeHost } from '../../transports/node-host.ts';
import { addHttp2 } from '../../transports/plain.ts';
import { type RequestReceiver, TRANSPORT_LIMITS } from '../../transports/receiver.ts';

export interface RecordingPortsOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: readonly number[];
  readonly proxyPort?: number;
  /** The folder of the certificate authority. */
  readonly caFolder?: string;
}

export interface RecordingPorts {
  readonly url: string;
  /** Descriptions of the TLS ports and the proxy. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Opens the transports of `serve` with another receiver. @throws PortError */
export async function openRecordingPorts(
  receiver: RequestReceiver,
  { host, port, tlsPort = [], proxyPort, caFolder }: RecordingPortsOptions,
): Promise<RecordingPorts> {
  const limits = TRANSPORT_LIMITS;
  const server = createHttp1Server(createExpressTransport(receiver, limits), limits);
  const http2 = createHttp2Transport(receiver, limits);
  const http1 = addHttp2(server, http2, limits);
  const plain = await openPort(server, port, host);
  const url = `http://${host}:${plain.port}`;
  const closePlain = async (): Promise<void> => {
    http2.close();
    await plain.close();
  };
  if (tlsPort.length === 0 && proxyPort === undefined) return { url, lines: [], close: closePlain };

  // Serves no requests: the TLS certificates need Apple's host names and the time from it.
  const apple = new SimulatedApple({ host: nodeHost });
  const certificates = createCertificates(apple, caFolder);
  try {
    const { openSecurePorts } = await import('../../server/secure-ports.ts');
    const secure = await openSecurePorts({
      ...{ apple, receiver, limits, certificates, http1, http2, host, proxyPort },
      names: [host],
      tlsPorts: tlsPort,
    });
    return {
      url,
      lines: [
        ...secure.tlsPorts.map((each) => `TLS for Apple's host names: https://${host}:${each}`),
        ...(secure.proxyPort === undefined
          ? []
          : [`CONNECT proxy:              http://${host}:${secure.proxyPort}`]),
        `CA certificate to trust:    ${secure.caFile}`,
      ],
      async close() {
        await Promise.all([closePlain(), secure.close()]);
        certificates.files.remove();
      },
    };
  } catch (error) {
    await closePlain();
    throw error;
  }
}
