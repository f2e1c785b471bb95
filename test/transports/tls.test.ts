import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:https';
import { connect as connectPort } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { Http2Client } from './http2-client.ts';
import { openTransports, type Transports } from './open-transports.ts';

describe('the TLS port', () => {
  let transports: Transports;
  before(async () => {
    transports = await openTransports();
  });
  after(() => transports.close());

  const connected = async (options: ConnectionOptions): Promise<TLSSocket> => {
    const socket = connect({
      port: transports.tlsPort,
      host: '127.0.0.1',
      ca: transports.authority.certificatePem,
      servername: 'localhost',
      ...options,
    });
    await once(socket, 'secureConnect');
    return socket;
  };
  const last = () => transports.requests.at(-1)!;

  for (const servername of ['localhost', 'api.push.apple.com']) {
    it(`is trusted as ${servername} by clients that trust the authority, and reports the server name`, async () => {
      const client = new Http2Client(`https://localhost:${transports.tlsPort}`, {
        ca: transports.authority.certificatePem,
        servername,
      });
      assert.equal((await client.request('/x')).status, 200);
      client.close();
      assert.deepEqual(
        [last().scheme, last().transport.connection?.secure, last().transport.connection?.serverName],
        ['https', true, servername],
      );
    });
  }

  it('speaks HTTP/1.1 with clients that offer it by ALPN', async () => {
    const answer = await new Promise<{ status: number | undefined; version: string }>((resolve, reject) => {
      request(
        {
          port: transports.tlsPort,
          host: '127.0.0.1',
          ca: transports.authority.certificatePem,
          path: '/one',
        },
        (response) => {
          response.resume();
          resolve({ status: response.statusCode, version: response.httpVersion });
        },
      )
        .on('error', reject)
        .end();
    });
    assert.deepEqual(answer, { status: 200, version: '1.1' });
    const { path, scheme, transport } = last();
    assert.deepEqual([path, scheme, transport.connection?.protocol], ['/one', 'https', 'http/1.1']);
  });

  it('speaks HTTP/2 with clients without ALPN that send the preface, as pushy does', async () => {
    const socket = await connected({});
    const client = new Http2Client(`https://localhost:${transports.tlsPort}`, {
      createConnection: () => socket,
    });
    assert.equal((await client.request('/no-alpn', {}, '{}')).body, '{}');
    client.close();
    assert.equal(last().transport.connection?.protocol, 'h2');
  });

  it('speaks HTTP/1.1 with clients without ALPN that send a request, also byte by byte', async () => {
    const socket = await connected({});
    for (const byte of 'POST /bytes HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\nok')
      socket.write(byte);
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('waits for three bytes before it decides whether they are the preface', async () => {
    const socket = await connected({});
    socket.write('P');
    await new Promise((resolve) => socket.write('R', resolve));
    socket.write('OPFIND / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 /);
    socket.destroy();
  });

  it('has a certificate for its names, signed by the authority', async () => {
    const socket = await connected({});
    const shown = new X509Certificate(socket.getPeerCertificate(true).raw);
    assert.ok(shown.verify(transports.authority.certificate.publicKey));
    for (const name of ['localhost', 'api.push.apple.com']) assert.equal(shown.checkHost(name), name);
    assert.equal(shown.checkIP('127.0.0.1'), '127.0.0.1');
    socket.destroy();
  });

  it('does not require a client certificate', async () => {
    const socket = await connected({ ALPNProtocols: ['h2'] });
    assert.equal(socket.alpnProtocol, 'h2');
    socket.destroy();
  });
});

describe('a peer of the TLS port that the receiver rejects', () => {
  const ALERTS = { 45: /certificate[ _]expired/i, 80: /internal[ _]error/i };
  for (const [alert, message] of Object.entries(ALERTS)) {
    it(`gets the TLS alert ${alert}`, async () => {
      const transports = await openTransports({
        beforeHandshake: () => ({ kind: 'tls_alert', alert: Number(alert) }),
      });
      const socket = connect({ port: transports.tlsPort, host: '127.0.0.1' });
      const [error] = await once(socket, 'error');
      assert.match(String(error), message);
      await transports.close();
    });
  }

  it('is disconnected after the handshake, before SETTINGS', async () => {
    const transports = await openTransports({
      onConnection: () => ({ kind: 'close', why: 'the certificate has expired' }),
    });
    const socket = connect({
      port: transports.tlsPort,
      host: '127.0.0.1',
      ca: transports.authority.certificatePem,
      servername: 'localhost',
      ALPNProtocols: ['h2'],
    });
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('error', () => {});
    await once(socket, 'close');
    assert.deepEqual(received, []);
    await transports.close();
  });
});

describe('a peer that sends nothing', () => {
  const patience = { head: 50 };
  const SILENT = {
    'a TCP connection': (transports: Transports) =>
      connectPort({ port: transports.plainPort, host: '127.0.0.1' }),
    'a TCP connection to the TLS port': (transports: Transports) =>
      connectPort({ port: transports.tlsPort, host: '127.0.0.1' }),
    'TLS without ALPN': (transports: Transports) =>
      connect({ port: transports.tlsPort, host: '127.0.0.1', rejectUnauthorized: false }),
    'TLS with ALPN h2': (transports: Transports) =>
      connect({
        port: transports.tlsPort,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        ALPNProtocols: ['h2'],
      }),
    'TLS with ALPN http/1.1': (transports: Transports) =>
      connect({
        port: transports.tlsPort,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        ALPNProtocols: ['http/1.1'],
      }),
  };
  for (const [what, open] of Object.entries(SILENT)) {
    it(`is closed: ${what}`, async () => {
      const transports = await openTransports({}, patience);
      const socket = open(transports);
      socket.on('error', () => {});
      socket.resume();
      // Not `once` of node:events, which an error ends: whether the end is a reset, too, hangs on how far the handshake came.
      await new Promise((resolve) => socket.once('close', resolve));
      await transports.close();
    });
  }
});
