import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { type Mdm, mdmOf } from './mdm.ts';
import { PROFILE_UUID, SCENARIO, SERIAL } from './operations.ts';
import { assertRejected } from './rejected.ts';

const DEEP = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

/** Small enough for the journal to keep all of it. */
const NESTED = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

/** The state that a rejected request must not change. */
const stateOf = ({ organization: { enrollment } }: Mdm): object => ({
  events: enrollment.lastEvent,
  profiles: enrollment.profiles.all().length,
  accountDriven: enrollment.accountDriven,
});

/** Sends bytes unchanged, and closes the connection after the response or, with `hangUp`, immediately. */
async function raw(mdm: Mdm, bytes: string | Buffer, hangUp = false): Promise<string> {
  const { port } = mdm.listening.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  if (hangUp) socket.destroy();
  await once(socket, 'close');
  return text;
}

const request = (line: string, headers: Readonly<Record<string, string>> = {}, body = ''): string =>
  [
    line,
    ...Object.entries({ host: 'apple.test', connection: 'close', 'user-agent': 'test', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    body,
  ].join('\r\n');

describe('bad input', () => {
  let mdm: Mdm;

  beforeEach(async () => {
    mdm = await mdmOf(SCENARIO);
  });

  afterEach(async () => {
    assert.equal((await mdm.call('GET', '/account')).status, 200);
    const failures = [...mdm.apple.journal.entries('test')].filter(
      ({ response }) => response?.status === 500,
    );
    assert.deepEqual(failures, []);
  });

  const PATHS: readonly (readonly [path: string, why: RegExp])[] = [
    ['/', /nothing is served under \//],
    ['/acount', /did you mean \/account\?/],
    ['/account/', /did you mean \/account\?/],
    ['/Account', /did you mean \/account\?/],
    ['//account', /the base URL must have no path/],
    ['/mdm/account', /\/account is: the base URL must have no path/],
    ['/dep/server/devices', /\/server\/devices is/],
    ['/account%00', /nothing is served/],
    ['/acc%6Funt', /nothing is served/],
    ['/%E0%A4%A', /nothing is served/],
    [`/${'a'.repeat(5000)}`, /nothing is served under \/a{199}/],
    ['/../account', /./],
    ['/__proto__', /nothing is served/],
  ];
  for (const [path, why] of PATHS) {
    it(`an unknown path is 404 without a body: ${path.slice(0, 40)}`, async () => {
      const text = await raw(mdm, request(`GET ${path} HTTP/1.1`));
      assert.match(text, /^HTTP\/1\.1 404 /);
      assert.match(text, /content-length: 0/i);
      assert.match(/x-crabapple-why: (.*)\r\n/i.exec(text)?.[1] ?? '', why);
    });
  }

  for (const method of ['PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND']) {
    it(`a method that Apple never had is 405: ${method}`, async () => {
      const text = await raw(mdm, request(`${method} /account HTTP/1.1`));
      assert.match(text, /^HTTP\/1\.1 405 /);
      assert.match(text, /allow: GET/i);
    });
  }

  it('a deeply nested body gets a 400 response and is in the journal', async () => {
    for (const body of [DEEP, '['.repeat(100_000), `{"devices":${DEEP}}`, NESTED]) {
      const answer = await mdm.call('POST', '/devices', { raw: body });
      assert.equal(answer.status, 400, answer.text);
    }
    for (const path of ['/_crabapple/journal', '/_crabapple/journal?operation=dep.devices.details']) {
      const shown = await mdm.send('GET', path);
      assert.equal(shown.status, 200, shown.text.slice(0, 200));
      assert.equal(shown.body.entries.at(-1).operation, 'dep.devices.details');
    }
  });

  it('a fault that looks into a deeply nested body is not applied by it', async () => {
    const faulty = await mdmOf({
      ...SCENARIO,
      faults: [{ on: 'dep.devices.details', where: { '$..b': 'present' }, answer: 'SERVER_ERROR' }],
    });
    for (const body of [DEEP, `{"devices":${DEEP}}`])
      assert.equal((await faulty.call('POST', '/devices', { raw: body })).status, 400);
  });

  it('a content type of another kind is not looked at', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x']) {
      const headers = { 'content-type': type };
      const answer = await mdm.call('POST', '/devices', {
        raw: JSON.stringify({ devices: [SERIAL] }),
        headers,
      });
      assert.equal(answer.status, 200, type);
    }
  });

  it('a byte order mark before the JSON does no harm', async () => {
    const answer = await mdm.call('POST', '/devices', {
      raw: `\ufeff${JSON.stringify({ devices: [SERIAL] })}`,
    });
    assert.equal(answer.status, 200);
  });

  it('a body over the bound is 413, and nothing of it is applied', async () => {
    const before = stateOf(mdm);
    const body = { profile_name: 'x'.repeat(11 * 1024 * 1024), url: 'https://mdm.acme.example' };
    const answer = await mdm.call('POST', '/profile', { body });
    assert.equal(answer.status, 413);
    assert.match(answer.headers['x-crabapple-why'] ?? '', /the body is larger than \d+ bytes/);
    assert.deepEqual(stateOf(mdm), before);
  });

  it('a rejected request changes nothing', async () => {
    const before = stateOf(mdm);
    const good = { profile_name: 'Acme', url: 'https://mdm.acme.example/enroll' };
    await mdm.call('POST', '/profile', { body: { ...good, department: '', devices: [SERIAL] } });
    await mdm.call('POST', '/profile', { body: { ...good, devices: [SERIAL, 1] } });
    await mdm.call('PUT', '/profile/devices', {
      body: { profile_uuid: PROFILE_UUID, devices: [SERIAL, null] },
    });
    await mdm.call('PUT', '/profile/devices', { body: { profile_uuid: 'x', devices: [SERIAL] } });
    await mdm.call('POST', '/devices/disown', { body: { devices: [SERIAL, {}] } });
    await mdm.call('POST', '/device/activationlock', { body: { device: SERIAL, escrow_key: 1 } });
    await mdm.call('POST', '/account-driven-enrollment/profile', {
      body: { mdm_service_discovery_url: 'x' },
    });
    assert.deepEqual(stateOf(mdm), before);
    const locked = await mdm.call('POST', '/device/activationlock', { body: { device: SERIAL } });
    assert.equal(locked.body.response_status, 'SUCCESS');
  });

  it('two Host headers, or none, are 400', async () => {
    assert.match(await raw(mdm, 'GET /account HTTP/1.1\r\nconnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /);
    const twice = 'GET /account HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n';
    assert.match(await raw(mdm, twice), /^HTTP\/1\.1 400 /);
  });

  it('a session header given twice is none that is known', async () => {
    const session = await mdm.session();
    const lines = `GET /account HTTP/1.1\r\nhost: a\r\nuser-agent: t\r\nconnection: close\r\nx-adm-auth-session: ${session}\r\nx-adm-auth-session: ${session}\r\n\r\n`;
    assert.match(await raw(mdm, lines), /^HTTP\/1\.1 (401|403) /);
  });

  it('an Authorization header given twice is a doubled parameter', async () => {
    const oauth = 'authorization: OAuth oauth_consumer_key="a"\r\n';
    const text = await raw(
      mdm,
      `GET /session HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${oauth}${oauth}\r\n`,
    );
    assert.match(text, /oauth_problem_adviceBad Request$/);
  });

  it('header values beyond ASCII get a 403 response', async () => {
    const headers = { 'x-adm-auth-session': '\u00e9\u00ff', 'x-server-protocol-version': '\u00b2' };
    assert.match(await raw(mdm, Buffer.from(request('GET /account HTTP/1.1', headers), 'latin1')), / 403 /);
  });

  it('bytes that are not HTTP get 400 or no response, and the server continues', async () => {
    for (const bytes of [
      '\u0016\u0003\u0001\u0002',
      'GET\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\r\n\r\nx\r\n\r\n',
    ])
      assert.match(await raw(mdm, bytes), /^(HTTP\/1\.1 4\d\d |$)/);
  });

  it('a client that hangs up within its body is in the journal as client_gone', async () => {
    const session = await mdm.session();
    const recorded = new Promise<string | undefined>((resolve) => {
      const stop = mdm.apple.journal.onEntry(({ operation, ended }) => {
        if (operation !== 'dep.profile.assign') return;
        stop();
        resolve(ended);
      });
    });
    const headers = { 'x-adm-auth-session': session, 'content-length': '1000' };
    await raw(mdm, request('PUT /profile/devices HTTP/1.1', headers, '{"profile_uuid":'), true);
    assert.equal(await recorded, 'client_gone');
  });

  it('a cursor of the wrong type is no cursor', async () => {
    for (const cursor of [1, true, [], {}])
      assertRejected(await mdm.call('POST', '/devices/sync', { body: { cursor } }), 'MALFORMED_REQUEST_BODY');
  });

  it('hosts of Apple that are not served here are 501, with the reason', async () => {
    const text = await raw(mdm, request('GET /account HTTP/1.1', { host: 'gdmf.apple.com' }));
    assert.match(text, /^HTTP\/1\.1 501 /);
    assert.match(text, /x-crabapple-why: gdmf\.apple\.com is/i);
  });
});
