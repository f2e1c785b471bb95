import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { STREAMS_PER_TABLE } from '../../src/doors/http2/stream-table.ts';
import { Http2Client } from './http2-client.ts';
import { type Doors, openDoors } from './open-doors.ts';

describe('the table of the open streams of a connection', () => {
  let doors: Doors;
  let client: Http2Client;

  beforeEach(async () => {
    doors = await openDoors();
    client = new Http2Client(`http://127.0.0.1:${doors.plainPort}`);
  });
  afterEach(() => {
    client.close();
    return doors.close();
  });

  const pass = (streams: number) =>
    Promise.all(Array.from({ length: streams }, () => client.request('/short', {}, 'x')));

  it('is renewed under streams that go on', async () => {
    const long = client.session.request({ ':method': 'POST', ':path': '/long' });
    long.setEncoding('utf8').write('first ');
    const answers = await pass(3 * STREAMS_PER_TABLE);
    assert.ok(answers.every(({ status }) => status === 200));
    long.end('last');
    const [body] = (await once(long, 'data')) as [string];
    assert.equal(body, 'first last');
  });

  it('still knows the streams that break off with the connection', async () => {
    const long = client.session.request({ ':method': 'POST', ':path': '/long' });
    long.on('error', () => {});
    long.write('first');
    await pass(2 * STREAMS_PER_TABLE);
    client.session.destroy(undefined, constants.NGHTTP2_CANCEL);
    while (doors.abandoned.length === 0) await new Promise(setImmediate);
    assert.deepEqual(doors.abandoned, [{ path: '/long', ended: 'client_gone' }]);
  });
});
