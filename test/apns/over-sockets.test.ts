import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect, constants } from 'node:http2';
import request from 'supertest';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import type { SimulatedApple } from '../../src/simulated-apple.ts';
import { simulateApple } from '../../src/simulated-apple.ts';

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  /** One item for each DATA frame. */
  readonly data: readonly string[];
}

/** One push over HTTP/2. */
async function push(url: string, path: string, body: string, headers: object = {}): Promise<Received> {
  const session = connect(url);
  try {
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      ...headers,
    });
    const data: string[] = [];
    stream.on('data', (chunk: Buffer) => data.push(chunk.toString()));
    stream.end(body);
    const [received] = await once(stream, 'response');
    if (!stream.readableEnded) await once(stream, 'end');
    return { headers: received, data };
  } finally {
    session.close();
  }
}

describe('pushes over real sockets', () => {
  let apple: SimulatedApple;
  let server: CrabappleServer;
  let token: string;
  let magic: string;

  before(async () => {
    apple = await simulateApple({ name: 'sockets', devices: [{ serial_number: 'C02ACME0001' }] });
    server = await openServer(apple, { port: 0 });
    const { registrations } = apple.tenants.default.organization.push;
    const [device] = apple.tenants.default.organization.enrollment.inventory.all();
    token = registrations.token(registrationOf(device!))!;
    magic = registrations.magic(registrationOf(device!))!;
  });

  after(() => server.close());

  it('get 200 over HTTP/2 without a body and without a Date header', async () => {
    const { headers, data } = await push(server.url, `/3/device/${token}`, JSON.stringify({ mdm: magic }));
    assert.equal(headers[':status'], 200);
    assert.match(String(headers['apns-id']), /^[0-9A-F-]{36}$/);
    assert.equal(headers.date, undefined);
    assert.deepEqual(data, []);
  });

  it('are rejected over HTTP/2 with JSON in one DATA frame', async () => {
    const { headers, data } = await push(server.url, `/3/device/${'ab'.repeat(32)}`, '{}');
    assert.equal(headers[':status'], 400);
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual(data, ['{"reason":"BadDeviceToken"}']);
  });

  it('are rejected with DuplicateHeaders over both protocols', async () => {
    const repeated = { 'apns-priority': ['5', '10'] };
    const { data } = await push(server.url, `/3/device/${token}`, '{}', repeated);
    assert.deepEqual(data, ['{"reason":"DuplicateHeaders"}']);
    const { status, body } = await request(server.url)
      .post(`/3/device/${token}`)
      .set('apns-priority', ['5', '10'] as unknown as string)
      .send({ mdm: magic });
    assert.deepEqual([status, body], [400, { reason: 'DuplicateHeaders' }]);
  });

  it('get 200 over HTTP/1.1, as Fleet sends them', async () => {
    const answer = await request(server.url).post(`/3/device/${token}`).send({ mdm: magic });
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.match(answer.headers['apns-id'] ?? '', /^[0-9A-F-]{36}$/);
  });

  it('reach a device that listens, and are stored once it has left', async () => {
    const listener = get(`${server.url}/events?token=${token}`);
    const [listening] = await once(listener, 'response');
    const pieces: AsyncIterator<Buffer> = listening[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await pieces.next()).value);
    assert.equal(await next(), ': listening\n\n');
    await push(server.url, `/3/device/${token}`, JSON.stringify({ mdm: magic }));
    assert.equal(await next(), `event: ping\ndata: {"mdm":"${magic}"}\n\n`);
    const { organization } = apple.tenants.default;
    const left = new Promise<void>((resolve) => {
      const stop = organization.onChange(({ change }) => {
        if (change.type !== 'push_presence') return;
        stop();
        resolve();
      });
    });
    listener.destroy();
    await left;
    await push(server.url, `/3/device/${token}`, JSON.stringify({ mdm: magic }));
    assert.equal(organization.push.counts.stored, 1);
  });
});
