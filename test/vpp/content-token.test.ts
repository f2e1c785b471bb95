import assert from 'node:assert/strict';
import { ControlClient } from '../server/control/control-client.ts';

const LOCATIONS = [{ name: 'Headquarters' }, { name: 'Branch', u_id: '42' }];

describe('POST /_crabapple/content-tokens', () => {
  const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

  it('returns the content token of a location in the form of its file', async () => {
    const client = await ControlClient.of({ locations: LOCATIONS });
    const answer = await client.request('POST', 'content-tokens');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-disposition'] ?? '', /\.vpptoken/);
    const { token, expDate, orgName } = decoded(answer.text);
    assert.equal(Buffer.from(token, 'base64').length, 64);
    assert.match(expDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    assert.equal(orgName, 'Acme Corp');
    assert.equal((await client.request('POST', 'content-tokens')).text, answer.text);
    const { body } = await client.request('GET', 'env');
    assert.equal(body.CRABAPPLE_CONTENT_TOKEN, answer.text);
  });

  it('finds a location by name or uId, and rejects unknown ones', async () => {
    const client = await ControlClient.of({ locations: LOCATIONS });
    const byName = await client.request('POST', 'content-tokens?location=Branch');
    const byId = await client.request('POST', 'content-tokens?location=42');
    assert.equal(byName.text, byId.text);
    const rejected = await client.request('POST', 'content-tokens?location=Nowhere');
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
      const client = await ControlClient.of({ locations: [{ name: 'HQ', content_tokens: tokens }] });
      const { text } = await client.request('POST', 'content-tokens');
      assert.equal((await client.request('GET', 'env')).body.CRABAPPLE_CONTENT_TOKEN, text);
      return decoded(text).token;
    };
    assert.equal(await handedOut([{ token: 'one-that-serves' }, ...others]), 'one-that-serves');
    assert.equal(await handedOut(others), 'the-last');
  });

  it('issues a new one with ?renew=true', async () => {
    const client = await ControlClient.of({ locations: LOCATIONS });
    const first = decoded((await client.request('POST', 'content-tokens')).text);
    const second = decoded((await client.request('POST', 'content-tokens?renew=true')).text);
    assert.notEqual(second.token, first.token);
    assert.equal(client.apple.tenants.default.organization.content.locations[0]?.tokens.length, 2);
  });
});
