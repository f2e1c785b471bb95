import assert from 'node:assert/strict';
import { Asking } from '../server/control/asking.ts';

const LOCATIONS = [{ name: 'Headquarters' }, { name: 'Branch', u_id: '42' }];

describe('POST /_crabapple/content-tokens', () => {
  const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

  it('returns the content token of a location in the form of its file', async () => {
    const asking = await Asking.of({ locations: LOCATIONS });
    const answer = await asking.ask('POST', 'content-tokens');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-disposition'] ?? '', /\.vpptoken/);
    const { token, expDate, orgName } = decoded(answer.text);
    assert.equal(Buffer.from(token, 'base64').length, 64);
    assert.match(expDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    assert.equal(orgName, 'Acme Corp');
    assert.equal((await asking.ask('POST', 'content-tokens')).text, answer.text);
    const { body } = await asking.ask('GET', 'env');
    assert.equal(body.CRABAPPLE_CONTENT_TOKEN, answer.text);
  });

  it('finds a location by name or uId, and rejects unknown ones', async () => {
    const asking = await Asking.of({ locations: LOCATIONS });
    const byName = await asking.ask('POST', 'content-tokens?location=Branch');
    const byId = await asking.ask('POST', 'content-tokens?location=42');
    assert.equal(byName.text, byId.text);
    const rejected = await asking.ask('POST', 'content-tokens?location=Nowhere');
    assert.equal(rejected.status, 400);
    assert.match(rejected.body.error, /no location is named "Nowhere"/);
    assert.match(rejected.body.hint, /"Headquarters", "Branch"/);
  });

  it('returns the newest valid content token, even if it is not the last one listed', async () => {
    const others = [
      { expires: '2020-01-01' },
      { status: 'revoked' },
      { rights: 'read_only' },
      { kind: 'legacy', token: 'the-last' },
    ];
    const handedOut = async (tokens: object[]) => {
      const asking = await Asking.of({ locations: [{ name: 'HQ', content_tokens: tokens }] });
      const { text } = await asking.ask('POST', 'content-tokens');
      assert.equal((await asking.ask('GET', 'env')).body.CRABAPPLE_CONTENT_TOKEN, text);
      return decoded(text).token;
    };
    assert.equal(await handedOut([{ token: 'one-that-serves' }, ...others]), 'one-that-serves');
    assert.equal(await handedOut(others), 'the-last');
  });

  it('issues a new one with ?renew=true', async () => {
    const asking = await Asking.of({ locations: LOCATIONS });
    const first = decoded((await asking.ask('POST', 'content-tokens')).text);
    const second = decoded((await asking.ask('POST', 'content-tokens?renew=true')).text);
    assert.notEqual(second.token, first.token);
    assert.equal(asking.apple.tenants.default.organization.content.locations[0]?.tokens.length, 2);
  });
});
