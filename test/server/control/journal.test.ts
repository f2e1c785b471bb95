import assert from 'node:assert/strict';
import { ControlClient, requestOf } from './control-client.ts';

describe('GET journal', () => {
  it('returns the entries of one organization page by page', async () => {
    const client = await ControlClient.of();
    const second = await client.add('second');
    for (let round = 0; round < 5; round += 1) {
      await client.traffic();
      await client.traffic(second);
    }
    const first = (await client.request('GET', 'journal?limit=3')).body;
    assert.deepEqual([first.entries.map(({ seq }: { seq: number }) => seq), first.next], [[1, 3, 5], 5]);
    const rest = (await client.request('GET', `journal?limit=3&after=${first.next}`)).body;
    assert.deepEqual([rest.entries.map(({ seq }: { seq: number }) => seq), rest.next], [[7, 9], 10]);
    assert.deepEqual((await client.request('GET', `journal?after=${rest.next}`)).body, {
      entries: [],
      dropped: 0,
      next: 10,
    });
    assert.equal(
      (await client.request('GET', 'journal?organization=second&operation=dep.session')).body.entries.length,
      5,
    );
    assert.equal((await client.request('GET', 'journal?operation=dep.account')).body.entries.length, 0);
  });

  it('masks secrets unless showSecrets is set', async () => {
    for (const showSecrets of [false, true]) {
      const client = await ControlClient.of({}, { showSecrets });
      await client.traffic();
      const { text } = await client.request('GET', 'journal');
      assert.equal(text.includes('not_shown'), showSecrets);
    }
  });

  it('returns requests with unknown credentials only with unclaimed=true', async () => {
    const client = await ControlClient.of();
    await client.sessionRequest('CK_unknown');
    const unclaimed = (await client.request('GET', 'journal?unclaimed=true')).body.entries;
    assert.equal(unclaimed.length, 1);
    assert.equal(unclaimed[0].organization, null);
  });

  const seqs = async (client: ControlClient, query: string): Promise<number[]> => {
    const answer = await client.request('GET', `journal?${query}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body.entries.map(({ seq }: { seq: number }) => seq);
  };

  it('filters by status, by class of status, and by none', async () => {
    const client = await ControlClient.of();
    await client.traffic();
    await client.apple.handle(requestOf('GET', '/nowhere'));
    const [unauthorized, notFound] = (await client.request('GET', 'journal')).body.entries;
    assert.deepEqual([unauthorized.response.status, notFound.response.status], [401, 404]);
    await client.request('POST', 'faults', { body: { on: 'dep.session', answer: { reset: true } } });
    await client.traffic();
    for (const [status, expected] of [
      ['401', [1]],
      ['4xx', [1, 2]],
      ['4XX', [1, 2]],
      ['5xx', []],
      ['none', [3]],
      ['404,none', [2, 3]],
    ] as const)
      assert.deepEqual(await seqs(client, `status=${status}`), expected, status);
    assert.deepEqual(await seqs(client, 'status=4xx&operation=dep.session'), [1]);
    assert.deepEqual(await seqs(client, 'status=4xx&limit=1&after=1'), [2]);
  });

  it('filters by a mentioned text, wherever it occurs', async () => {
    const client = await ControlClient.of();
    const body = JSON.stringify({ devices: { C02ACME0001: 'SUCCESS' }, number: 361309726 });
    const escaped = '{"serial":"C02\\u0041CME0009","path":"a\\/b"}';
    for (const request of [
      requestOf('GET', '/devices/c02acme0001'),
      requestOf('GET', '/nowhere?serial=C02%41CME0001&as=it%20is'),
      requestOf('GET', '/nowhere', { headers: { 'x-serial': 'C02ACME0001' } }),
      requestOf('POST', '/nowhere', { body }),
      requestOf('POST', '/nowhere', { body: escaped }),
      requestOf('POST', '/nowhere', { body: 'plain C02ACME0001' }),
      requestOf('POST', '/nowhere', { body: `C02ACME0001${' '.repeat(70_000)}ZZTOP` }),
    ])
      await client.apple.handle(request);
    for (const [text, expected] of [
      ['C02ACME0001', [1, 2, 3, 4, 6, 7]],
      ['c02acme0009', [5]],
      ['a%2Fb', [5]],
      ['it%20is', [2]],
      ['361309726', [4]],
      ['ZZTOP', []],
      ['no operation', []],
      ['x-serial', []],
      ['nothing%20is%20served', [1, 2, 3, 4, 5, 6, 7]],
    ] as const)
      assert.deepEqual(await seqs(client, `mentions=${text}`), expected, text);
    assert.deepEqual(await seqs(client, 'mentions=C02ACME0001&limit=2&after=2'), [3, 4]);
  });

  it('finds a secret by mentions only if secrets are shown', async () => {
    for (const showSecrets of [false, true]) {
      const client = await ControlClient.of({}, { showSecrets });
      const secret = 'AT_unknown_and_not_shown';
      await client.traffic();
      for (const body of [
        JSON.stringify({ access_token: secret }),
        `{"access_\\u0074oken":"${secret}"}`,
        `access_token=${secret}`,
        `{"access_token":"${secret}","rest":"${' '.repeat(70_000)}"}`,
        `{"access_token":"${secret}","deep":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      ])
        await client.apple.handle(requestOf('POST', '/nowhere', { body }));
      await client.apple.handle(requestOf('GET', `/nowhere?access_token=${secret}`));
      const found = await seqs(client, 'mentions=unknown_and_not');
      assert.deepEqual(found, showSecrets ? [1, 2, 3, 4, 5, 6, 7] : []);
    }
  });

  it('returns an entry whose body is nested thousands of levels deep', async () => {
    const client = await ControlClient.of();
    await client.traffic(client.tenant, '['.repeat(30_000) + ']'.repeat(30_000));
    const answer = await client.request('GET', 'journal');
    assert.equal(answer.status, 200, answer.text.slice(0, 200));
    assert.equal(answer.body.entries[0].request.body.length, 60_000);
  });
});

describe('POST journal/wait', () => {
  it('returns entries that are present already', async () => {
    const client = await ControlClient.of();
    await client.traffic();
    await client.traffic();
    const { status, body } = await client.request('POST', 'journal/wait', {
      body: { operation: 'dep.session', count: 2 },
    });
    assert.equal(status, 200);
    assert.deepEqual([body.entries.length, body.next], [2, 2]);
  });

  it('waits for entries that match `where`', async () => {
    const client = await ControlClient.of();
    await client.traffic();
    const where = {
      '$.response.status': { at_least: 400 },
      '$.method': { equals: 'GET' },
    };
    const waiting = client.request('POST', 'journal/wait', { body: { after: 1, where, timeout: 5000 } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.traffic();
    const { status, body } = await waiting;
    assert.deepEqual([status, body.entries.length, body.next], [200, 1, 2]);
  });

  it('returns 408 with what arrived instead', async () => {
    const client = await ControlClient.of();
    const hintFor = async (body: object): Promise<string> => {
      const answer = await client.request('POST', 'journal/wait', { body: { timeout: '1ms', ...body } });
      assert.equal(answer.status, 408);
      assert.ok(Array.isArray(answer.body.entries));
      return answer.body.hint;
    };
    assert.match(await hintFor({}), /no request arrived/);
    await client.sessionRequest('CK_unknown');
    assert.match(await hintFor({}), /unclaimed=true/);
    await client.traffic();
    await client.traffic();
    assert.match(await hintFor({ operation: 'dep.account' }), /dep\.session 2 times/);
    assert.match(await hintFor({ operation: 'dep.session', count: 3 }), /arrived 2 times/);
    assert.match(await hintFor({ after: 3 }), /before `after`/);
  });

  it('returns 429 when 1000 requests wait', async () => {
    const client = await ControlClient.of();
    const waiting = Array.from({ length: 1000 }, () =>
      client.request('POST', 'journal/wait', { body: { timeout: '5s' } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await client.request('POST', 'journal/wait', { body: { timeout: '5s' } })).status, 429);
    await client.traffic();
    assert.ok((await Promise.all(waiting)).every(({ status }) => status === 200));
    assert.equal((await client.request('POST', 'journal/wait', { body: { timeout: '5s' } })).status, 200);
  });
});
