import assert from 'node:assert/strict';
import { Asking } from './asking.ts';

describe('GET journal', () => {
  it('pages through the entries of one organization', async () => {
    const asking = await Asking.of();
    const second = await asking.add('second');
    for (let round = 0; round < 5; round += 1) {
      await asking.traffic();
      await asking.traffic(second);
    }
    const first = (await asking.ask('GET', 'journal?limit=3')).body;
    assert.deepEqual([first.entries.map(({ seq }: { seq: number }) => seq), first.next], [[1, 3, 5], 5]);
    const rest = (await asking.ask('GET', `journal?limit=3&after=${first.next}`)).body;
    assert.deepEqual([rest.entries.map(({ seq }: { seq: number }) => seq), rest.next], [[7, 9], 10]);
    assert.deepEqual((await asking.ask('GET', `journal?after=${rest.next}`)).body, {
      entries: [],
      dropped: 0,
      next: 10,
    });
    assert.equal(
      (await asking.ask('GET', 'journal?organization=second&operation=dep.session')).body.entries.length,
      5,
    );
    assert.equal((await asking.ask('GET', 'journal?operation=dep.account')).body.entries.length, 0);
  });

  it('masks secrets unless told to show them', async () => {
    for (const showSecrets of [false, true]) {
      const asking = await Asking.of({}, { showSecrets });
      await asking.traffic();
      const { text } = await asking.ask('GET', 'journal');
      assert.equal(text.includes('not_shown'), showSecrets);
    }
  });

  it('shows requests whose credential nobody has apart', async () => {
    const asking = await Asking.of();
    await asking.sessionRequest('CK_nobody');
    const unclaimed = (await asking.ask('GET', 'journal?unclaimed=true')).body.entries;
    assert.equal(unclaimed.length, 1);
    assert.equal(unclaimed[0].organization, null);
  });

  it('shows an entry whose body is nested thousands of levels deep', async () => {
    const asking = await Asking.of();
    await asking.traffic(asking.tenant, '['.repeat(30_000) + ']'.repeat(30_000));
    const answer = await asking.ask('GET', 'journal');
    assert.equal(answer.status, 200, answer.text.slice(0, 200));
    assert.equal(answer.body.entries[0].request.body.length, 60_000);
  });
});

describe('POST journal/wait', () => {
  it('answers with what is there already', async () => {
    const asking = await Asking.of();
    await asking.traffic();
    await asking.traffic();
    const { status, body } = await asking.ask('POST', 'journal/wait', {
      body: { operation: 'dep.session', count: 2 },
    });
    assert.equal(status, 200);
    assert.deepEqual([body.entries.length, body.next], [2, 2]);
  });

  it('waits for what comes, by location', async () => {
    const asking = await Asking.of();
    await asking.traffic();
    const where = {
      '$.response.status': { at_least: 400 },
      '$.method': { equals: 'GET' },
    };
    const waiting = asking.ask('POST', 'journal/wait', { body: { after: 1, where, timeout: 5000 } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await asking.traffic();
    const { status, body } = await waiting;
    assert.deepEqual([status, body.entries.length, body.next], [200, 1, 2]);
  });

  it('says after its time what came instead', async () => {
    const asking = await Asking.of();
    const hintFor = async (body: object): Promise<string> => {
      const answer = await asking.ask('POST', 'journal/wait', { body: { timeout: '1ms', ...body } });
      assert.equal(answer.status, 408);
      assert.ok(Array.isArray(answer.body.entries));
      return answer.body.hint;
    };
    assert.match(await hintFor({}), /no request came at all/);
    await asking.sessionRequest('CK_nobody');
    assert.match(await hintFor({}), /unclaimed=true/);
    await asking.traffic();
    await asking.traffic();
    assert.match(await hintFor({ operation: 'dep.account' }), /dep\.session 2 times/);
    assert.match(await hintFor({ operation: 'dep.session', count: 3 }), /seen 2 times/);
    assert.match(await hintFor({ after: 3 }), /before `after`/);
  });

  it('lets a thousand wait and no more', async () => {
    const asking = await Asking.of();
    const waiting = Array.from({ length: 1000 }, () =>
      asking.ask('POST', 'journal/wait', { body: { timeout: '5s' } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await asking.ask('POST', 'journal/wait', { body: { timeout: '5s' } })).status, 429);
    await asking.traffic();
    assert.ok((await Promise.all(waiting)).every(({ status }) => status === 200));
    assert.equal((await asking.ask('POST', 'journal/wait', { body: { timeout: '5s' } })).status, 200);
  });
});
