import assert from 'node:assert/strict';
import { ControlClient, type RequestOptions } from './control-client.ts';

interface Case {
  readonly request: readonly [method: string, path: string, options?: RequestOptions];
  readonly status: number;
  readonly error?: RegExp;
  readonly hint?: RegExp;
}

const CASES: readonly Case[] = [
  { request: ['GET', ''], status: 404, error: /no path/ },
  { request: ['GET', 'helth'], status: 404, hint: /did you mean \/_crabapple\/health\?/ },
  { request: ['GET', 'health/'], status: 404, hint: /health/ },
  { request: ['DELETE', 'health'], status: 405, hint: /use GET/ },
  { request: ['PATCH', 'clock'], status: 405, hint: /GET, POST/ },
  { request: ['GET', 'journal?organization=unknown'], status: 404, hint: /`acme`/ },
  { request: ['GET', 'health?organization=unknown'], status: 404, hint: /`acme`/ },
  { request: ['GET', 'journal?organzation=acme'], status: 400, hint: /`organization`/ },
  { request: ['GET', 'journal?limit=1&limit=2'], status: 400, error: /twice/ },
  { request: ['GET', 'journal?limit=0'], status: 400, hint: /from 1 to 1000/ },
  { request: ['GET', 'journal?limit=1001'], status: 400 },
  { request: ['GET', 'journal?limit=ten'], status: 400 },
  { request: ['GET', 'journal?after=-1'], status: 400 },
  { request: ['GET', 'journal?operation=dep.sesion'], status: 400, hint: /dep\.session/ },
  { request: ['GET', 'journal?unclaimed=perhaps'], status: 400, hint: /true or false/ },
  { request: ['GET', 'journal?status='], status: 400, hint: /such as 403/ },
  { request: ['GET', 'journal?status=600'], status: 400, error: /"600"/ },
  { request: ['GET', 'journal?status=4x'], status: 400, hint: /4xx/ },
  { request: ['GET', 'journal?status=401,'], status: 400, hint: /commas/ },
  { request: ['GET', 'journal?mentions='], status: 400, hint: /serial number/ },
  { request: ['GET', 'journal?mentions=%20'], status: 400, hint: /1 to 200/ },
  { request: ['GET', `journal?mentions=${'a'.repeat(201)}`], status: 400, hint: /1 to 200/ },
  { request: ['GET', 'journal?mention=a'], status: 400, hint: /`mentions`/ },
  { request: ['GET', 'journal/stream', { headers: { 'last-event-id': 'x' } }], status: 400 },
  { request: ['GET', 'devices?profile_status=lost'], status: 400, hint: /`empty`/ },
  { request: ['GET', 'devices?mdm_server=Third'], status: 400, hint: /Acme MDM/ },
  { request: ['GET', 'env?mdm_server=Third'], status: 400, error: /"Third"/, hint: /`Second MDM`/ },
  { request: ['GET', 'env?location=Nowhere'], status: 400, error: /"Nowhere"/, hint: /locations/ },
  { request: ['GET', 'devices?cursor=!'], status: 400, hint: /next/ },
  { request: ['POST', 'journal/wait'], status: 400, error: /empty/ },
  { request: ['POST', 'journal/wait', { body: '{' }], status: 400, error: /not JSON/ },
  { request: ['POST', 'journal/wait', { body: new Uint8Array([0xff, 0xfe]) }], status: 400, error: /UTF-8/ },
  { request: ['POST', 'journal/wait', { body: [] }], status: 400 },
  {
    request: ['POST', 'journal/wait', { body: '['.repeat(200) + ']'.repeat(200) }],
    status: 400,
    error: /deeply/,
  },
  { request: ['POST', 'journal/wait', { body: { operaton: 'x' } }], status: 400, hint: /`operation`/ },
  {
    request: ['POST', 'journal/wait', { body: { operation: 'dep.nothing' } }],
    status: 400,
    error: /dep\.nothing/,
  },
  { request: ['POST', 'journal/wait', { body: { count: 0 } }], status: 400, error: /^count\b/ },
  { request: ['POST', 'journal/wait', { body: { timeout: '11m' } }], status: 400, error: /^timeout\b/ },
  { request: ['POST', 'journal/wait', { body: { timeout: 'soon' } }], status: 400, error: /^timeout\b/ },
  {
    request: ['POST', 'journal/wait', { body: { where: { '$.body': 'there' } } }],
    status: 400,
    error: /^where\b/,
  },
  {
    request: ['POST', 'journal/wait', { body: { where: { '$[': 'present' } } }],
    status: 400,
    error: /^where\b/,
  },
  {
    request: ['POST', 'journal/wait', { body: { where: { '$.path': { matches: '(' } } } }],
    status: 400,
    error: /^where\b/,
  },
  { request: ['POST', 'clock', { body: {} }], status: 400, error: /is empty: give/ },
  { request: ['POST', 'clock', { body: { advance: 'much' } }], status: 400, error: /^advance\b/ },
  {
    request: ['POST', 'clock', { body: { advance: '1h', at: '2026-01-01' } }],
    status: 400,
    error: /has both/,
  },
  { request: ['POST', 'clock', { body: { advance: '9000000d' } }], status: 400, error: /8999/ },
  { request: ['POST', 'clock', { body: { at: '1969-01-01' } }], status: 400, error: /8999/ },
  { request: ['POST', 'clock', { body: { at: 'yesterday' } }], status: 400, error: /^at\b/ },
  { request: ['POST', 'clock', { body: { rate: -1 } }], status: 400, error: /^rate\b/ },
  { request: ['POST', 'clock', { body: { tick: 1 } }], status: 400 },
  { request: ['POST', 'reset?only=state,devices'], status: 400, hint: /`journal`/ },
  { request: ['DELETE', 'faults?id=none'], status: 404, hint: /there are no faults/ },
  { request: ['DELETE', 'organizations'], status: 400, hint: /`acme`/ },
  { request: ['DELETE', 'organizations?id=unknown'], status: 404, hint: /`acme`/ },
  { request: ['DELETE', 'organizations?id=acme'], status: 400, error: /default/ },
  { request: ['DELETE', 'organizations?id=acme&organization=second'], status: 400, error: /two/ },
  { request: ['POST', 'organizations'], status: 400, error: /empty/ },
  { request: ['GET', 'token?mdm_server=Third'], status: 400, hint: /Second MDM/ },
  { request: ['POST', 'token', { body: '' }], status: 400, error: /empty/, hint: /openssl req/ },
  { request: ['POST', 'token', { body: 'no certificate' }], status: 400 },
  { request: ['POST', 'clock', { body: ' '.repeat(1024 * 1024 + 1) }], status: 413, hint: /1048576/ },
  {
    request: ['POST', 'organizations', { body: ' '.repeat(8 * 1024 * 1024 + 1) }],
    status: 413,
    hint: /8388608/,
  },
];

describe('errors of the control API', () => {
  let client: ControlClient;

  before(async () => {
    client = await ControlClient.of();
    await client.add('second');
  });

  for (const { request, status, error, hint } of CASES) {
    const [method, path, { body } = {}] = request;
    const sent = typeof body === 'string' ? body.slice(0, 40) : JSON.stringify(body);
    it(`${status} for ${method} ${path} ${sent ?? ''}`, async () => {
      const answer = await client.request(...request);
      assert.equal(answer.status, status, answer.text);
      assert.equal(typeof answer.body.error, 'string');
      assert.notEqual(answer.body.hint, '');
      if (error !== undefined) assert.match(answer.body.error, error);
      if (hint !== undefined) assert.match(answer.body.hint, hint);
    });
  }

  it('have an Allow header with the methods of the path', async () => {
    assert.equal((await client.request('PUT', 'faults')).headers.allow, 'GET, POST, DELETE');
  });

  it('are 404 when there is no organization', async () => {
    const empty = new ControlClient();
    assert.equal((await empty.request('GET', 'health')).status, 200);
    const answer = await empty.request('GET', 'env');
    assert.equal(answer.status, 404);
    assert.match(answer.body.hint, /organizations/);
  });
});
