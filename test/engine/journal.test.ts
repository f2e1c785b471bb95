import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from '../../src/core/digest.ts';
import type { JournalDraft } from '../../src/engine/journal/entry.ts';
import { keepBody } from '../../src/engine/journal/entry.ts';
import { Journal } from '../../src/engine/journal/journal.ts';
import { masksFor } from '../../src/engine/journal/secrets.ts';
import { entryJson } from '../../src/engine/journal/view.ts';
import { waitForEntries } from '../../src/engine/journal/wait.ts';
import { SERVICES } from '../../src/services/index.ts';

const KIB = 1024;

function draft(organization: string | undefined, body = '', operation = 'dep.account'): JournalDraft {
  return {
    at: 0,
    wallAt: 0,
    organization,
    operation,
    transport: 'test',
    request: {
      method: 'GET',
      scheme: 'http',
      authority: 'a',
      path: '/account',
      query: '',
      headers: {},
      body: { kind: 'whole', bytes: body },
    },
    response: { status: 200, headers: {}, body: { kind: 'whole', bytes: '' } },
  };
}

const numbers = (journal: Journal, view: string | undefined, after = 0): number[] =>
  [...journal.entries(view, after)].map(({ seq }) => seq);

describe('the journal', () => {
  it('keeps the newest entries of a bounded number, and counts what fell out, by view', () => {
    const journal = new Journal({ entries: 3, bytes: 1e9 });
    for (const view of ['a', 'b', undefined, 'a', 'b']) journal.record(draft(view));
    assert.equal(journal.size, 3);
    assert.deepEqual(
      [numbers(journal, 'a'), numbers(journal, 'b'), numbers(journal, undefined)],
      [[4], [5], [3]],
    );
    assert.deepEqual([journal.dropped('a'), journal.dropped('b'), journal.dropped(undefined)], [1, 1, 0]);
    assert.equal(journal.lastSeq, 5);
  });

  it('keeps bounded bytes, and the newest entry however large', () => {
    const journal = new Journal({ entries: 1000, bytes: 10 * KIB });
    for (let entry = 0; entry < 20; entry += 1) journal.record(draft('a', 'x'.repeat(2 * KIB)));
    assert.equal(journal.size, 3);
    journal.record(draft('a', 'x'.repeat(50 * KIB)));
    assert.deepEqual(numbers(journal, 'a'), [21]);
    assert.equal(journal.dropped('a'), 20);
    journal.record(draft('a'));
    assert.deepEqual(numbers(journal, 'a'), [22]);
  });

  it('goes on from any number, and forgets one view with its count', () => {
    const journal = new Journal({ entries: 5, bytes: 1e9 });
    for (let entry = 0; entry < 6; entry += 1) journal.record(draft(entry % 2 === 0 ? 'a' : 'b'));
    assert.deepEqual(numbers(journal, 'a', 3), [5]);
    assert.deepEqual(numbers(journal, 'a', 99), []);
    journal.forget('a');
    assert.deepEqual([numbers(journal, 'a'), numbers(journal, 'b')], [[], [2, 4, 6]]);
    assert.equal(journal.dropped('a'), 0);
    assert.equal(journal.record(draft('a')).seq, 7);
  });

  it('is a list of the newest, whatever is recorded and forgotten', () => {
    const step = fc.oneof(
      fc.record({ record: fc.constantFrom('a', 'b', undefined) }),
      fc.record({ forget: fc.constantFrom('a', 'b', undefined) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (steps, bound) => {
        const journal = new Journal({ entries: bound, bytes: 1e9 });
        let model: { seq: number; view: string | undefined }[] = [];
        let seq = 0;
        for (const each of steps) {
          if ('record' in each) {
            seq += 1;
            journal.record(draft(each.record));
            model.push({ seq, view: each.record });
            if (model.length > bound) model.shift();
          } else {
            journal.forget(each.forget);
            model = model.filter(({ view }) => view !== each.forget);
          }
        }
        for (const view of ['a', 'b', undefined])
          assert.deepEqual(
            numbers(journal, view),
            model.filter((entry) => entry.view === view).map((entry) => entry.seq),
          );
      }),
      { seed: 5 },
    );
  });

  it('stays whole over many thousand entries', () => {
    const journal = new Journal({ entries: 10, bytes: 1e9 });
    for (let entry = 0; entry < 10_000; entry += 1) journal.record(draft('a'));
    assert.deepEqual(numbers(journal, 'a'), [9991, 9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999, 10_000]);
    assert.equal(journal.dropped('a'), 9990);
  });
});

describe('a listener of the journal that throws', () => {
  it('does not prevent the other listeners, and its error is reported', () => {
    const errors: unknown[] = [];
    const seen: number[] = [];
    const journal = new Journal(undefined, { onFailure: (error) => errors.push(error) });
    journal.onEntry(() => {
      throw new Error('a defect');
    });
    journal.onEntry(({ seq }) => seen.push(seq));
    assert.equal(journal.record(draft('a')).seq, 1);
    assert.deepEqual([seen, errors.map(String)], [[1], ['Error: a defect']]);
  });
});

describe('the body of an entry', () => {
  const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  it('is kept whole up to 64 KiB', () => {
    for (const body of ['', 'x', 'x'.repeat(64 * KIB), new Uint8Array(64 * KIB)])
      assert.deepEqual(keepBody(body, sha256), { kind: 'whole', bytes: body });
  });

  it('is kept as head, length and SHA-256 above', () => {
    for (const body of ['x'.repeat(64 * KIB + 1), Buffer.alloc(5 * 1024 * KIB, 'y')]) {
      const kept = keepBody(body, sha256);
      assert.equal(kept.kind, 'head');
      if (kept.kind !== 'head') return;
      assert.equal(kept.length, body.length);
      assert.equal(kept.sha256, digest(body));
      assert.equal(kept.head.length, 4 * KIB);
    }
  });

  it('is measured in bytes, not in characters', () => {
    const body = '€'.repeat(30_000);
    const kept = keepBody(body, sha256);
    assert.equal(kept.kind, 'head');
    assert.equal(kept.kind === 'head' && kept.length, 90_000);
    assert.equal(keepBody('€'.repeat(20_000), sha256).kind, 'whole');
  });

  it('is only marked where it is a stream', () => {
    assert.deepEqual(
      keepBody(
        (async function* () {
          yield new Uint8Array();
        })(),
        sha256,
      ),
      { kind: 'stream' },
    );
  });
});

describe('an entry as it is shown', () => {
  const shown = (body: string, headers: Record<string, string>, secrets: boolean, query = '') => {
    const { request, ...rest } = draft('acme', body);
    return JSON.stringify(
      entryJson(
        { seq: 1, ...rest, request: { ...request, headers, query } },
        secrets ? undefined : masksFor(SERVICES),
      ),
    );
  };
  const SECRET = 'not-to-be-seen-by-anybody-else';

  const HIDDEN: readonly (readonly [what: string, body: string, headers: Record<string, string>])[] = [
    ['Authorization', '', { authorization: `OAuth oauth_token="${SECRET}"` }],
    ['a session', '', { 'x-adm-auth-session': SECRET }],
    ['a content token in the header field of a proxy', '', { 'vpp-token': SECRET }],
    ['the password for a proxy', '', { 'proxy-authorization': SECRET }],
    ['a content token in a body that breaks off', `{"sToken": "${SECRET}`, {}],
    ['a content token in a form', `adamId=1&sToken=${SECRET}&x=1`, {}],
    ['a session token', JSON.stringify({ auth_session_token: SECRET }), {}],
    ['an escrow key', JSON.stringify({ device: 'C1', escrow_key: SECRET }), {}],
    [
      'secrets of a server token, deep down',
      JSON.stringify({ a: [{ consumer_secret: SECRET, access_secret: SECRET }] }),
      {},
    ],
    ['secrets of a body that breaks off', `{"escrow_key": "${SECRET}", "x`, {}],
  ];
  for (const [what, body, headers] of HIDDEN) {
    it(`masks ${what}, unless secrets are requested`, () => {
      assert.ok(!shown(body, headers, false).includes(SECRET));
      assert.ok(shown(body, headers, true).includes(SECRET));
    });
  }

  it('masks a content token in a query, and nothing else there, unless secrets are requested', () => {
    const query = `sToken=${SECRET}&adamId=361309726`;
    const masked = shown('', {}, false, query);
    assert.ok(!masked.includes(SECRET));
    assert.ok(masked.includes('361309726'));
    assert.ok(shown('', {}, true, query).includes(SECRET));
  });

  it('shows serial numbers', () => {
    assert.ok(shown(JSON.stringify({ devices: ['C02ACME00001'] }), {}, false).includes('C02ACME00001'));
  });
});

describe('waiting for entries', () => {
  const wait = (journal: Journal, wanted: object = {}) =>
    waitForEntries(journal, { view: 'a', after: 0, count: 1, timeout: 60_000, ...wanted });

  it('ends immediately if the entries exist', async () => {
    const journal = new Journal();
    journal.record(draft('a'));
    const { kind, entries } = await wait(journal);
    assert.deepEqual([kind, entries.length], ['seen', 1]);
  });

  it('counts new entries that match the view, the operation and the condition', async () => {
    const journal = new Journal();
    const waited = wait(journal, {
      operation: 'dep.session',
      count: 2,
      after: 1,
      where: ({ path }: { path: string }) => path === '/account',
    });
    for (const [view, operation] of [
      ['a', 'dep.session'],
      ['b', 'dep.session'],
      ['a', 'dep.account'],
      ['a', 'dep.session'],
      ['a', 'dep.session'],
    ])
      journal.record(draft(view, '', operation));
    const { kind, entries } = await waited;
    assert.equal(kind, 'seen');
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      [4, 5],
    );
  });

  it('ends early when it is ended', async () => {
    const journal = new Journal();
    let end = (): void => {};
    const waited = wait(journal, {
      count: 2,
      endable(given: () => void) {
        end = given;
        return () => {};
      },
    });
    journal.record(draft('a'));
    end();
    const { kind, entries } = await waited;
    assert.deepEqual([kind, entries.length], ['ended', 1]);
  });

  it('ends with what was found when the time is over', async () => {
    const journal = new Journal();
    journal.record(draft('a'));
    const { kind, entries } = await wait(journal, { count: 2, timeout: 1 });
    assert.deepEqual([kind, entries.length], ['timeout', 1]);
  });
});
