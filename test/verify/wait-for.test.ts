import assert from 'node:assert/strict';
import { mdmOf } from '../dep/mdm.ts';

const PROFILE = { profile_name: 'Acme default', url: 'https://mdm.example', is_supervised: true };

describe('waitFor', () => {
  it('resolves with the next matching exchange, typed by its operation', async () => {
    const mdm = await mdmOf();
    const waiting = mdm.apple.waitFor('dep.profile.define', {
      where: { '$.body.profile_name': { equals: 'Acme default' } },
    });
    await mdm.call('POST', '/profile', { body: { ...PROFILE, profile_name: 'another' } });
    await mdm.call('POST', '/profile', { body: PROFILE });
    const { body, response, operation } = await waiting;
    // These lines compile because the field catalog has the members and their types.
    const name: string | undefined = body.profile_name;
    const supervised: boolean | undefined = body.is_supervised;
    const uuid: string | undefined = response?.body.profile_uuid;
    // @ts-expect-error the member does not exist
    assert.equal(body.profil_name, undefined);
    // @ts-expect-error the member is a string
    const wrong: number | undefined = body.profile_name;
    assert.equal(wrong, name);
    assert.deepEqual(
      [operation, name, supervised, response?.status],
      ['dep.profile.define', 'Acme default', true, 200],
    );
    assert.match(uuid ?? '', /^[0-9A-F]{32}$/);
  });

  it('resolves with an exchange in the journal, unless `after` excludes it', async () => {
    const mdm = await mdmOf();
    await mdm.call('GET', '/account');
    const first = await mdm.apple.waitFor('dep.account');
    const next = mdm.apple.waitFor('dep.account', { after: first.seq });
    await mdm.call('GET', '/account');
    assert.ok((await next).seq > first.seq);
    assert.equal((await mdm.apple.waitFor('dep.account')).seq, first.seq);
  });

  it('accepts a function, and rejects with the error that it throws', async () => {
    const mdm = await mdmOf();
    await mdm.call('GET', '/account');
    const named = await mdm.apple.waitFor('dep.account', {
      where: ({ response }) => response?.body.server_name !== undefined,
    });
    assert.equal(named.operation, 'dep.account');
    const failing = mdm.apple.waitFor('dep.devices.fetch', {
      where() {
        throw new Error('of the test');
      },
    });
    failing.catch(() => {});
    await mdm.call('POST', '/server/devices', { body: {} });
    await assert.rejects(failing, /of the test/);
  });

  it('rejects with the exchanges that came instead', async () => {
    const mdm = await mdmOf();
    await mdm.call('GET', '/account');
    await assert.rejects(
      mdm.apple.waitFor('dep.devices.sync', { timeout: 1 }),
      /no matching dep\.devices\.sync within 1 ms; received: dep\.session once, dep\.account once/,
    );
    // @ts-expect-error the operation does not exist
    await assert.rejects(mdm.apple.waitFor('dep.acount'), /did you mean `dep\.account`\?/);
    await assert.rejects(
      mdm.apple.waitFor('dep.profile.assign', { where: { '$.body.profile_uid': 'present' } }),
      /where: \["\$\.body\.profile_uid"\]: .* \(did you mean `profile_uuid`\?\)/,
    );
  });
});
