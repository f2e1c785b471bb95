import { createTrust } from '../../server/trust.ts';
import { SimulatedApple } from '../../simulated-apple.ts';
import { TRANSPORT_LIMITS } from '../../transports/bounds.ts';
import { createExpressTransport } from '../../transports/express.ts';
import { createHttp1Server } from '../../transports/http1/server.ts';
import { createHttp2Transport } from '../../transports/http2/transport.ts';
import { openPort } from '../../transports/listener.ts';
import { nodeHost } from '../../transports/node-host.ts';
import { addHttp2 } from '../../transports/plain.ts';
import type { Receiver } from '../../transports/receiver.ts';

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
  receiver: Receiver,
  { host, port, tlsPort = [], proxyPort, caFolder }: RecordingPortsOptions,
): Promise<RecordingPorts> {
  const bounds = TRANSPORT_LIMITS;
  const server = createHttp1Server(createExpressTransport(receiver, bounds), bounds);
  const http2 = createHttp2Transport(receiver, bounds);
  const http1 = addHttp2(server, http2, bounds);
  const plain = await openPort(server, port, host);
  const url = `http://${host}:${plain.port}`;
  const closePlain = async (): Promise<void> => {
    http2.close();
    await plain.close();
  };
  if (tlsPort.length === 0 && proxyPort === undefined) return { url, lines: [], close: closePlain };

  // Serves no requests: the TLS certificates need Apple's host names and the time from it.
  const apple = new SimulatedApple({ host: nodeHost });
  const trust = createTrust(apple, caFolder);
  try {
    const { openSecurePorts } = await import('../../server/secure-ports.ts');
    const secure = await openSecurePorts({
      ...{ apple, receiver, bounds, trust, http1, http2, host, proxyPort },
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
        trust.files.remove();
      },
    };
  } catch (error) {
    await closePlain();
    throw error;
  }
}
