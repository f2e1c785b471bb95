import assert from 'node:assert/strict';
import { type Asked, Asking } from './asking.ts';

interface Case {
  readonly asked: readonly [method: string, path: string, asked?: Asked];
  readonly status: number;
  readonly error?: RegExp;
  readonly hint?: RegExp;
}

const CASES: readonly Case[] = [
  { asked: ['GET', ''], status: 404, error: /no path/ },
  { asked: ['GET', 'helth'], status: 404, hint: /did you mean \/_crabapple\/health\?/ },
  { asked: ['GET', 'health/'], status: 404, hint: /health/ },
  { asked: ['DELETE', 'health'], status: 405, hint: /use GET/ },
  { asked: ['PATCH', 'clock'], status: 405, hint: /GET, POST/ },
  { asked: ['GET', 'journal?organization=nobody'], status: 404, hint: /`acme`/ },
  { asked: ['GET', 'health?organization=nobody'], status: 404, hint: /`acme`/ },
  { asked: ['GET', 'journal?organzation=acme'], status: 400, hint: /`organization`/ },
  { asked: ['GET', 'journal?limit=1&limit=2'], status: 400, error: /twice/ },
  { asked: ['GET', 'journal?limit=0'], status: 400, hint: /from 1 to 1000/ },
  { asked: ['GET', 'journal?limit=1001'], status: 400 },
  { asked: ['GET', 'journal?limit=ten'], status: 400 },
  { asked: ['GET', 'journal?after=-1'], status: 400 },
  { asked: ['GET', 'journal?operation=dep.sesion'], status: 400, hint: /dep\.session/ },
  { asked: ['GET', 'journal?unclaimed=perhaps'], status: 400, hint: /true or false/ },
  { asked: ['GET', 'journal?status='], status: 400, hint: /such as 403/ },
  { asked: ['GET', 'journal?status=600'], status: 400, error: /"600"/ },
  { asked: ['GET', 'journal?status=4x'], status: 400, hint: /4xx/ },
  { asked: ['GET', 'journal?status=401,'], status: 400, hint: /commas/ },
  { asked: ['GET', 'journal?mentions='], status: 400, hint: /serial number/ },
  { asked: ['GET', 'journal?mentions=%20'], status: 400, hint: /1 to 200/ },
  { asked: ['GET', `journal?mentions=${'a'.repeat(201)}`], status: 400, hint: /1 to 200/ },
  { asked: ['GET', 'journal?mention=a'], status: 400, hint: /`mentions`/ },
  { asked: ['GET', 'journal/stream', { headers: { 'last-event-id': 'x' } }], status: 400 },
  { asked: ['GET', 'devices?profile_status=lost'], status: 400, hint: /`empty`/ },
  { asked: ['GET', 'devices?mdm_server=Third'], status: 400, hint: /Acme MDM/ },
  { asked: ['GET', 'env?mdm_server=Third'], status: 400, error: /"Third"/, hint: /`Second MDM`/ },
  { asked: ['GET', 'env?location=Nowhere'], status: 400, error: /"Nowhere"/, hint: /locations/ },
  { asked: ['GET', 'devices?cursor=!'], status: 400, hint: /next/ },
  { asked: ['POST', 'journal/wait'], status: 400, error: /empty/ },
  { asked: ['POST', 'journal/wait', { body: '{' }], status: 400, error: /not JSON/ },
  { asked: ['POST', 'journal/wait', { body: new Uint8Array([0xff, 0xfe]) }], status: 400, error: /UTF-8/ },
  { asked: ['POST', 'journal/wait', { body: [] }], status: 400 },
  {
    asked: ['POST', 'journal/wait', { body: '['.repeat(200) + ']'.repeat(200) }],
    status: 400,
    error: /deeply/,
  },
  { asked: ['POST', 'journal/wait', { body: { operaton: 'x' } }], status: 400, hint: /`operation`/ },
  {
    asked: ['POST', 'journal/wait', { body: { operation: 'dep.nothing' } }],
    status: 400,
    error: /dep\.nothing/,
  },
  { asked: ['POST', 'journal/wait', { body: { count: 0 } }], status: 400, error: /^count\b/ },
  { asked: ['POST', 'journal/wait', { body: { timeout: '11m' } }], status: 400, error: /^timeout\b/ },
  { asked: ['POST', 'journal/wait', { body: { timeout: 'soon' } }], status: 400, error: /^timeout\b/ },
  {
    asked: ['POST', 'journal/wait', { body: { where: { '$.body': 'there' } } }],
    status: 400,
    error: /^where\b/,
  },
  {
    asked: ['POST', 'journal/wait', { body: { where: { '$[': 'present' } } }],
    status: 400,
    error: /^where\b/,
  },
  {
    asked: ['POST', 'journal/wait', { body: { where: { '$.path': { matches: '(' } } } }],
    status: 400,
    error: /^where\b/,
  },
  { asked: ['POST', 'clock', { body: {} }], status: 400, error: /is empty: give/ },
  { asked: ['POST', 'clock', { body: { advance: 'much' } }], status: 400, error: /^advance\b/ },
  { asked: ['POST', 'clock', { body: { advance: '1h', at: '2026-01-01' } }], status: 400, error: /has both/ },
  { asked: ['POST', 'clock', { body: { advance: '9000000d' } }], status: 400, error: /8999/ },
  { asked: ['POST', 'clock', { body: { at: '1969-01-01' } }], status: 400, error: /8999/ },
  { asked: ['POST', 'clock', { body: { at: 'yesterday' } }], status: 400, error: /^at\b/ },
  { asked: ['POST', 'clock', { body: { rate: -1 } }], status: 400, error: /^rate\b/ },
  { asked: ['POST', 'clock', { body: { tick: 1 } }], status: 400 },
  { asked: ['POST', 'reset?only=state,devices'], status: 400, hint: /`journal`/ },
  { asked: ['DELETE', 'faults?id=none'], status: 404, hint: /there are no faults/ },
  { asked: ['DELETE', 'organizations'], status: 400, hint: /`acme`/ },
  { asked: ['DELETE', 'organizations?id=nobody'], status: 404, hint: /`acme`/ },
  { asked: ['DELETE', 'organizations?id=acme'], status: 400, error: /default/ },
  { asked: ['DELETE', 'organizations?id=acme&organization=second'], status: 400, error: /two/ },
  { asked: ['POST', 'organizations'], status: 400, error: /empty/ },
  { asked: ['GET', 'token?mdm_server=Third'], status: 400, hint: /Second MDM/ },
  { asked: ['POST', 'token', { body: '' }], status: 400, error: /empty/, hint: /openssl req/ },
  { asked: ['POST', 'token', { body: 'no certificate' }], status: 400 },
  { asked: ['POST', 'clock', { body: ' '.repeat(1024 * 1024 + 1) }], status: 413, hint: /1048576/ },
  {
    asked: ['POST', 'organizations', { body: ' '.repeat(8 * 1024 * 1024 + 1) }],
    status: 413,
    hint: /8388608/,
  },
];

describe('errors of the control API', () => {
  let asking: Asking;

  before(async () => {
    asking = await Asking.of();
    await asking.add('second');
  });

  for (const { asked, status, error, hint } of CASES) {
    const [method, path, { body } = {}] = asked;
    const sent = typeof body === 'string' ? body.slice(0, 40) : JSON.stringify(body);
    it(`${status} for ${method} ${path} ${sent ?? ''}`, async () => {
      const answer = await asking.ask(...asked);
      assert.equal(answer.status, status, answer.text);
      assert.equal(typeof answer.body.error, 'string');
      assert.notEqual(answer.body.hint, '');
      if (error !== undefined) assert.match(answer.body.error, error);
      if (hint !== undefined) assert.match(answer.body.hint, hint);
    });
  }

  it('have an Allow header with the methods of the path', async () => {
    assert.equal((await asking.ask('PUT', 'faults')).headers.allow, 'GET, POST, DELETE');
  });

  it('are 404 when there is no organization', async () => {
    const empty = new Asking();
    assert.equal((await empty.ask('GET', 'health')).status, 200);
    const answer = await empty.ask('GET', 'env');
    assert.equal(answer.status, 404);
    assert.match(answer.body.hint, /organizations/);
  });
});
