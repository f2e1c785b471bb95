import assert from 'node:assert/strict';
import { SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { type Answer, type Mdm, mdmBefore } from '../dep/mdm.ts';

const HEAD = `name: Acme
seed: 7
clock: { at: 2026-03-02T08:00:00Z, rate: 0 }
mdm_servers: [{ server_name: Acme MDM }, { server_name: MDM B }]
devices:
  - { serial_number: C02ACME0001, device_family: Mac }
  - { serial_number: C02ACME0002, device_family: Mac, mdm_server: MDM B }
`;

async function start(rest: string, journal = { entries: 10_000, bytes: 1e8 }): Promise<Mdm> {
  const apple = await simulateApple(HEAD + rest, { journal }, { file: 'acme.yaml' });
  return mdmBefore(apple);
}

const report = (mdm: Mdm, query = ''): Promise<Answer> => mdm.send('GET', `/_crabapple/report${query}`);

const expect = (mdm: Mdm, body: unknown): Promise<Answer> =>
  mdm.send('POST', '/_crabapple/expectations', { body });

const statuses = ({ body }: Answer): readonly string[] =>
  body.suites[0].verdicts.map(({ status }: { status: string }) => status);

describe('verifying what an MDM sent', () => {
  it('explains `serial_of` with the MDM server of the device', async () => {
    const mdm = await start(
      'expect:\n  - operation: dep.profile.assign\n    each: { "$.body.devices[*]": { serial_of: mdm_server } }\n',
    );
    const defined = await mdm.call('POST', '/profile', {
      body: { profile_name: 'p', url: 'https://mdm.example' },
    });
    const { profile_uuid } = defined.body;
    await mdm.call('PUT', '/profile/devices', {
      body: { profile_uuid, devices: ['C02ACME0001', 'C02ACME0002'] },
    });
    const [verdict] = mdm.apple.verify().suites[0]!.verdicts;
    assert.equal(verdict?.status, 'failed');
    assert.deepEqual(verdict?.place, { file: 'acme.yaml', line: 9, column: 5 });
    assert.match(
      verdict?.nearest?.difference ?? '',
      /device C02ACME0002 was never assigned to "Acme MDM": it belongs to the MDM server "MDM B"$/,
    );
  });

  it('compares `push_magic: of_device` with the PushMagic of the device', async () => {
    const mdm = await start('expect:\n  - operation: apns.push\n    each: { push_magic: of_device }\n');
    const devices = await mdm.send('GET', '/_crabapple/devices?limit=1');
    const { push_token, push_magic, push_topic } = devices.body.devices[0];
    const push = (mdmMagic: string) =>
      mdm.send('POST', `/3/device/${push_token}`, {
        body: { mdm: mdmMagic },
        headers: { 'apns-topic': push_topic },
      });
    await push(push_magic);
    assert.equal(mdm.apple.verify().status, 'passed');
    await push('another');
    assert.match(
      mdm.apple.verify().suites[0]?.verdicts[0]?.nearest?.difference ?? '',
      /device C02ACME000\d has the PushMagic .*, not "another"$/,
    );
  });

  it('fails without any request, unless `allow_silent` is true', async () => {
    const silent = await start('expect:\n  - never: dep.devices.disown\n');
    assert.equal(silent.apple.verify().status, 'failed');
    assert.match(silent.apple.verify().suites[0]!.verdicts[0]!.reason ?? '', /no request arrived/);
    assert.equal(
      (await start('allow_silent: true\nexpect:\n  - never: dep.account\n')).apple.verify().status,
      'passed',
    );
    assert.equal((await start('')).apple.verify().status, 'passed', 'no expectations');
  });

  it('applies to the requests of one organization', async () => {
    const mdm = await start('expect:\n  - operation: dep.account\n');
    await mdm.apple.addScenario(`${HEAD}expect:\n  - operation: dep.account\n`, { id: 'other' });
    await mdm.call('GET', '/account');
    assert.equal(mdm.apple.verify('acme').status, 'passed');
    assert.equal(mdm.apple.verify('other').status, 'failed');
    assert.equal(mdm.apple.verify().status, 'failed');
    assert.throws(() => mdm.apple.verify('unknown'), /no organization unknown/);
  });

  it('restarts with a reset, which removes added expectations', async () => {
    const mdm = await start('expect:\n  - operation: dep.account\n');
    await mdm.call('GET', '/account');
    await expect(mdm, { never: 'dep.devices.disown' });
    assert.deepEqual(statuses(await report(mdm)), ['passed', 'passed']);
    await mdm.send('POST', '/_crabapple/reset?only=journal');
    assert.deepEqual(
      statuses(await report(mdm)),
      ['failed', 'failed', 'passed'],
      'no request, first, second',
    );
    await mdm.send('POST', '/_crabapple/reset');
    assert.deepEqual(statuses(await report(mdm)), ['failed', 'failed']);
  });

  it('replaces expectations with those of a changed file', async () => {
    const mdm = await start('expect:\n  - operation: dep.account\n');
    await mdm.call('GET', '/account');
    await mdm.apple.replaceScenario('acme', `${HEAD}expect:\n  - never: dep.account\n`);
    mdm.forgetSession();
    const { suites } = mdm.apple.verify();
    assert.deepEqual(
      suites[0]?.verdicts.map(({ name }) => name),
      ['at least one request', 'never dep.account'],
    );
  });
});

describe('expectations that are added later', () => {
  it('apply to the exchanges in the journal', async () => {
    const mdm = await start('');
    await mdm.call('GET', '/account');
    await expect(mdm, [
      { operation: 'dep.account', times: 1 },
      { in_order: ['dep.session', 'dep.account'], adjacent: true },
      { operation: 'dep.devices.sync' },
    ]);
    assert.deepEqual(statuses(await report(mdm)), ['passed', 'passed', 'failed']);
    await mdm.call('GET', '/account');
    assert.deepEqual(statuses(await report(mdm)), ['failed', 'passed', 'failed']);
  });

  it('are unknown if the journal has dropped exchanges', async () => {
    const mdm = await start('', { entries: 2, bytes: 1e8 });
    for (let count = 0; count < 4; count += 1) await mdm.call('GET', '/account');
    const added = await expect(mdm, [{ operation: 'dep.account' }, { never: 'dep.devices.disown' }]);
    assert.equal(added.body.expectations, 2);
    const answer = await report(mdm);
    assert.deepEqual(statuses(answer), ['unknown', 'unknown']);
    assert.equal(answer.body.status, 'unknown');
    assert.match(answer.body.suites[0].verdicts[0].reason, /^the journal no longer has 3 earlier exchanges$/);
    // A recorded violation still fails.
    await mdm.call('POST', '/devices/disown', { body: { devices: [] } });
    assert.deepEqual(statuses(await report(mdm)), ['unknown', 'failed']);
  });

  it('are unknown if the journal has only the first part of a body, unless they were added before the request', async () => {
    const each = { '$.body.devices': { length: 10_000 } };
    const expectation = { operation: 'dep.devices.details', each };
    const devices = Array.from({ length: 10_000 }, (_, index) => `SERIAL${index}`);
    const mdm = await start('');
    await expect(mdm, expectation);
    await mdm.call('POST', '/devices', { body: { devices } });
    await expect(mdm, expectation);
    assert.deepEqual(statuses(await report(mdm)), ['passed', 'unknown']);
  });

  it('are all rejected if one is invalid', async () => {
    const mdm = await start('');
    const answer = await expect(mdm, [{ operation: 'dep.account' }, { operation: 'dep.acount' }]);
    assert.equal(answer.status, 400);
    assert.match(answer.body.error, /1\.operation: no operation is named "dep\.acount"/);
    assert.match(answer.body.hint, /dep\.account/);
    assert.deepEqual(statuses(await report(mdm)), []);
    const table = [
      ['', 400],
      ['{', 400],
      ['[]', 400],
      ['{"data_sent":{"declaration":"/etc/passwd"}}', 400],
      ['{"operation":"dep.account","where":{"$.body[":"present"}}', 400],
      ['{"operation":"dep.profile.define","fields":{"$.body.url":{"matches":"(a+)+$"}}}', 200],
    ] as const;
    for (const [raw, status] of table) {
      assert.equal((await mdm.send('POST', '/_crabapple/expectations', { raw })).status, status, raw);
    }
  });
});

describe('GET /_crabapple/report', () => {
  it('returns every format, with the verdict in x-crabapple-verdict', async () => {
    const mdm = await start('expect:\n  - operation: dep.account\n');
    await mdm.call('GET', '/account');
    const types = {
      pretty: 'text/plain',
      json: 'application/json',
      junit: 'application/xml',
      tap: 'text/plain',
      github: 'text/plain',
      markdown: 'text/markdown',
      html: 'text/html',
    };
    for (const [format, type] of Object.entries(types)) {
      const { status, headers } = await report(mdm, `?format=${format}`);
      assert.equal(status, 200);
      assert.ok(headers['content-type']?.startsWith(type), format);
      assert.equal(headers['x-crabapple-verdict'], 'passed');
    }
    assert.equal((await report(mdm, '?format=xml')).status, 400);
  });

  it('verifies the expectations of a posted file once, without keeping them', async () => {
    const mdm = await start('');
    await mdm.call('GET', '/account');
    const once = await mdm.send('POST', '/_crabapple/report?format=github&file=story.yaml', {
      raw: `${HEAD}expect:\n  - operation: dep.account\n  - operation: dep.devices.sync\n`,
      headers: { 'content-type': 'application/yaml' },
    });
    assert.equal(once.status, 200);
    assert.match(once.text, /^::error file=story\.yaml,line=10,col=5,title=dep\.devices\.sync at least once/);
    assert.deepEqual(statuses(await report(mdm)), []);
  });

  it('returns a report for an organization without a scenario file', async () => {
    const apple = new SimulatedApple();
    await apple.addScenario({ name: 'plain' });
    assert.equal(apple.verify().status, 'passed');
  });
});
