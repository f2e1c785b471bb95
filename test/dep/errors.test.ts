import assert from 'node:assert/strict';
import type { ErrorRow } from '../../src/engine/service.ts';
import { DEP_ERRORS } from '../../src/services/dep/errors.ts';
import { type Answer, mdmOf } from './mdm.ts';
import { goodRequest, SCENARIO, SESSION_OPERATIONS } from './operations.ts';

const ROWS = Object.entries<ErrorRow>(DEP_ERRORS);

/** Checks status, body, content type and length to the byte. */
function assertOnTheWire(answer: Answer, { status, body }: ErrorRow, sent = body): void {
  assert.equal(answer.status, status);
  assert.equal(answer.text, sent);
  assert.equal(answer.headers['content-type'], sent === '' ? undefined : 'text/plain;Charset=UTF8');
  assert.equal(answer.headers['content-length'], String(Buffer.byteLength(sent)));
}

describe('every row of the error table of Device Enrollment', () => {
  for (const [name, row] of ROWS) {
    it(`${name} is returned by a fault: ${row.status} ${row.body}`, async () => {
      const mdm = await mdmOf({ ...SCENARIO, faults: [{ on: 'dep.*', answer: name, retry_after: '7s' }] });
      for (const answer of [await mdm.send('GET', '/account'), await mdm.openSession()]) {
        assertOnTheWire(answer, row);
        assert.equal(answer.headers['retry-after'], '7');
        assert.match(answer.headers['x-crabapple-why'] ?? '', /fault-1 of the fault table/);
      }
    });

    it(`${name} in quotes, as the simulator sent it`, async () => {
      const behavior = { dep: { error_body: 'quoted' } };
      const mdm = await mdmOf({ ...SCENARIO, behavior, faults: [{ on: 'dep.account', answer: name }] });
      const sent = row.body === '' ? '' : JSON.stringify(row.body);
      assertOnTheWire(await mdm.send('GET', '/account'), row, sent);
    });
  }

  it('has a source and says when', () => {
    for (const [name, { when, source }] of ROWS) {
      assert.notEqual(when, '', name);
      assert.match(source, /^(default$|https:\/\/)/, name);
    }
  });
});

describe('a successful response', () => {
  it("has a Content-Length and Apple's content type for every operation", async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const operation of SESSION_OPERATIONS) {
      const { method, path, body } = goodRequest(operation);
      const { status, headers, text } = await mdm.call(method, path, { body, version: 10 });
      assert.equal(headers['content-length'], String(Buffer.byteLength(text)), path);
      assert.equal(headers['transfer-encoding'], undefined, path);
      if (status === 200 && text !== '')
        assert.equal(headers['content-type'], 'application/json;charset=UTF8');
      if (status !== 200) assert.ok(headers['x-crabapple-why'], path);
    }
  });

  it('has no headers that Apple does not send', async () => {
    const { headers } = await (await mdmOf(SCENARIO)).call('GET', '/account');
    assert.deepEqual(
      Object.keys(headers).sort(),
      ['connection', 'content-length', 'content-type', 'date', 'keep-alive'].filter(
        (name) => name in headers,
      ),
    );
    assert.ok(!('x-powered-by' in headers) && !('etag' in headers));
  });
});
