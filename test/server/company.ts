import { once } from 'node:events';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import type { Scenario } from '../../src/index.ts';
import type { CrabappleServer } from '../../src/server.ts';

/** Some of its responses never arrive. */
export const COMPANY_SCENARIO: Scenario = {
  name: 'Started and stopped',
  mdm_servers: [{ server_name: 'Orchard MDM' }],
  devices: [{ generate: 5, device_family: 'Mac' }],
  faults: [
    { on: 'dep.profile.get', answer: { stall: true } },
    { on: 'dep.devices.sync', latency: '1h' },
  ],
};

const ignore = (): void => {};

/** Connections in every state, none of which ends by itself, with a server of `COMPANY_SCENARIO`. */
export class Company {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #closed: Promise<unknown>[] = [];

  static async of({ url, tlsUrl, proxyUrl }: CrabappleServer): Promise<Company> {
    const company = new Company();
    const port = Number(new URL(url).port);
    await Promise.all([
      company.#idle(url),
      company.#silent(port),
      company.#streaming(`${url}/_crabapple/journal/stream`),
      company.#pending(
        `${url}/_crabapple/journal/wait`,
        'POST',
        '{"operation": "dep.devices.disown", "timeout": "60s"}',
      ),
      company.#pending(`${url}/profile?profile_uuid=1`),
      company.#pending(`${url}/devices/sync`, 'POST', '{}'),
      company.#http2(url),
    ]);
    if (tlsUrl === undefined || proxyUrl === undefined) return company;
    await Promise.all([
      company.#silent(Number(new URL(tlsUrl).port)),
      company.#http2(tlsUrl),
      company.#halfWay(Number(new URL(proxyUrl).port)),
    ]);
    return company;
  }

  #keep(socket: Socket): Socket {
    this.#closed.push(once(socket, 'close'));
    return socket.on('error', ignore);
  }

  async #silent(port: number): Promise<Socket> {
    const socket = this.#keep(connect(port, '127.0.0.1'));
    await once(socket, 'connect');
    return socket;
  }

  /** CONNECT, and no handshake. */
  async #halfWay(port: number): Promise<void> {
    const socket = await this.#silent(port);
    socket.write('CONNECT api.push.apple.com:443 HTTP/1.1\r\nHost: api.push.apple.com:443\r\n\r\n');
    await once(socket, 'data');
    socket.resume();
  }

  async #idle(url: string): Promise<void> {
    const [answer] = (await once(get(`${url}/account`, { agent: this.#agent }), 'response')) as [
      IncomingMessage,
    ];
    this.#keep(answer.socket);
    await once(answer.resume(), 'end');
  }

  async #streaming(url: string): Promise<void> {
    const [answer] = (await once(get(url, { agent: false }).on('error', ignore), 'response')) as [
      IncomingMessage,
    ];
    this.#keep(answer.socket);
    answer.on('error', ignore);
    await once(answer, 'data');
  }

  /** A request that the server has received, with no response for a long time. */
  async #pending(url: string, method = 'GET', body = ''): Promise<void> {
    const pending = request(url, { agent: false, method, headers: { expect: '100-continue' } });
    pending.on('error', ignore).flushHeaders();
    const [socket] = (await once(pending, 'socket')) as [Socket];
    this.#keep(socket);
    if (body !== '') await once(pending, 'continue');
    pending.end(body);
  }

  async #http2(url: string): Promise<void> {
    const session = connectHttp2(url, { rejectUnauthorized: false });
    session.on('error', ignore);
    // A server that closes in the middle of something resets the connection.
    this.#closed.push(new Promise((resolve) => session.once('close', resolve)));
    const streaming = session.request({ ':path': '/_crabapple/journal/stream' }).on('error', ignore);
    for (const [path, body] of [
      ['/devices', undefined],
      ['/profile?profile_uuid=1', ''],
      ['/devices/sync', '{}'],
    ] as const) {
      const stream = session
        .request({ ':path': path, ':method': body === '' ? 'GET' : 'POST' })
        .on('error', ignore);
      if (body === undefined) stream.write('{"devices":');
      else stream.end(body);
    }
    await once(streaming, 'data');
    streaming.resume();
  }

  async gone(): Promise<void> {
    await Promise.all(this.#closed);
    this.#agent.destroy();
  }
}
