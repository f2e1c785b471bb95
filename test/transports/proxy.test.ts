import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Listener, openPort } from '../../src/transports/listener.ts';
import { createProxyTransport } from '../../src/transports/proxy.ts';
import { TRANSPORT_LIMITS } from '../../src/transports/receiver.ts';
import { Http2Client } from './http2-client.ts';
import { openTransports, type Transports } from './open-transports.ts';

describe('the CONNECT proxy', () => {
  let transports: Transports;
  let proxy: Listener;
  const landed: number[] = [];

  before(async () => {
    transports = await openTransports();
    const hosts = new Set(['api.push.apple.com', 'mdmenrollment.apple.com']);
    const accept = (socket: Socket, port: number): void => {
      landed.push(port);
      transports.tls.accept(socket, port);
    };
    proxy = await openPort(createProxyTransport({ hosts, accept, limits: TRANSPORT_LIMITS }), 0, '127.0.0.1');
  });
  after(async () => {
    await proxy.close();
    await transports.close();
  });

  const ask = async (text: string): Promise<{ socket: Socket; answer: string }> => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.write(text);
    const [answer] = await once(socket, 'data');
    return { socket, answer: String(answer) };
  };

  for (const port of [443, 2197, 2195, 2196]) {
    it(`redirects CONNECT to port ${port} of an Apple host to the TLS port`, async () => {
      const { socket, answer } = await ask(`CONNECT API.push.apple.com:${port} HTTP/1.1\r\nhost: a\r\n\r\n`);
      assert.equal(answer, 'HTTP/1.1 200 Connection established\r\n\r\n');
      const secure = connectTls({
        socket,
        ca: transports.authority.certificatePem,
        servername: 'api.push.apple.com',
        ALPNProtocols: ['h2'],
      });
      const client = new Http2Client('https://api.push.apple.com', { createConnection: () => secure });
      assert.equal((await client.request('/3/device/00', {}, '{}')).status, 200);
      client.close();
      assert.equal(transports.requests.at(-1)?.transport.connection?.serverName, 'api.push.apple.com');
      assert.equal(landed.at(-1), port);
    });
  }

  const REJECTED = {
    'another host': ['CONNECT example.com:443', /example\.com is not one of Apple's hosts/],
    'another port': ['CONNECT api.push.apple.com:22', /not on 22/],
    'no port': ['CONNECT api.push.apple.com', /a host name and a port/],
    nonsense: ['CONNECT \u00e9', /a host name and a port|^HTTP\/1\.1 400/],
    'an address': ['CONNECT 127.0.0.1:443', /is not one of Apple's hosts/],
    'a request in the clear': ['GET http://api.push.apple.com/', /accepts only CONNECT/],
    'a request to itself': ['GET /', /accepts only CONNECT/],
  } as const;
  for (const [what, [line, reason]] of Object.entries(REJECTED)) {
    it(`rejects ${what} with the reason`, async () => {
      const { socket, answer } = await ask(`${line} HTTP/1.1\r\nhost: a\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[03] /);
      assert.match(answer, reason);
      socket.destroy();
    });
  }
});
