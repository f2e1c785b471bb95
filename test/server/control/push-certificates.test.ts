import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { OpensslFolder } from '../../pki/openssl.ts';
import { type Answer, ControlClient, START } from './control-client.ts';

const DAY = 86_400_000;
const OWN = 'com.apple.mgmt.External.0d8b4a6e-1c2f-4d3a-9b5e-6f7a8b9c0d1e';

describe('push certificates', () => {
  let client: ControlClient;
  let openssl: OpensslFolder;
  before(async () => {
    client = await ControlClient.of({ push: { topic: OWN } });
    openssl = new OpensslFolder();
  });
  after(() => openssl.remove());

  const issue = (body?: unknown, query = ''): Promise<Answer> =>
    client.request('POST', `push-certificates${query}`, body === undefined ? {} : { body });
  const topicOf = (certificate: string): string | undefined =>
    /^UID=(.*)$/m.exec(new X509Certificate(certificate).subject)?.[1];

  for (const [what, body] of Object.entries({ 'an empty body': undefined, 'an empty object': {} })) {
    it(`are issued for ${what}: topic of the organization, new key, one year`, async () => {
      const { status, body: issued } = await issue(body);
      const certificate = new X509Certificate(issued.certificate);
      assert.equal(status, 201);
      assert.deepEqual([issued.topic, topicOf(issued.certificate)], [OWN, OWN]);
      assert.ok(certificate.checkPrivateKey(createPrivateKey(issued.private_key)));
      assert.ok(Date.parse(certificate.validFrom) < START);
      assert.ok(Date.parse(certificate.validTo) >= Math.max(START + 365 * DAY, Date.now()));
      assert.equal(
        certificate.issuer,
        new X509Certificate((await client.request('GET', 'ca.pem')).text).subject,
      );
    });
  }

  it('are issued with the requested members', async () => {
    const { body: issued } = await issue({
      topic: 'com.acme.app',
      more_topics: ['com.acme.app.voip'],
      environment: 'sandbox',
      days: 1000,
      password: 'secret',
    });
    const certificate = new X509Certificate(issued.certificate);
    assert.equal(topicOf(issued.certificate), 'com.acme.app');
    assert.ok(Date.parse(certificate.validTo) >= START + 1000 * DAY);
    openssl.write('push.p12', Buffer.from(issued.pkcs12, 'base64'));
    assert.match(
      openssl.run('pkcs12 -in push.p12 -nokeys -passin pass:secret').toString(),
      /BEGIN CERTIFICATE/,
    );
  });

  it('may be expired, at virtual and at real time', async () => {
    const { body: issued } = await issue({ expired: true });
    assert.ok(Date.parse(new X509Certificate(issued.certificate).validTo) < START);
  });

  it('may have a new topic, a different one each time', async () => {
    const topics = [await issue({ new_topic: true }), await issue({ new_topic: true })].map(
      ({ body }) => body.topic as string,
    );
    for (const topic of topics) assert.match(topic, /^com\.apple\.mgmt\.External\.[0-9a-f-]{36}$/);
    assert.equal(new Set([OWN, ...topics]).size, 3);
  });

  it('are issued for a CSR with members in the query', async () => {
    openssl.run('req -new -newkey rsa:2048 -nodes -keyout key.pem -out push.csr -subj /CN=push');
    const answer = await issue(openssl.text('push.csr'), '?topic=com.acme.app&environment=both');
    assert.deepEqual([answer.status, answer.headers['content-type']], [201, 'application/x-pem-file']);
    assert.equal(topicOf(answer.text), 'com.acme.app');
    assert.ok(new X509Certificate(answer.text).checkPrivateKey(createPrivateKey(openssl.text('key.pem'))));
  });

  const INVALID: Readonly<Record<string, readonly [body: unknown, query: string, reason: RegExp]>> = {
    'a topic with blanks': [{ topic: 'a b' }, '', /visible ASCII/],
    'topic and new_topic': [{ topic: 'a', new_topic: true }, '', /has both `topic` and `new_topic`/],
    'topic and new_topic in the query': [
      'csr',
      '?topic=a&new_topic=true',
      /has both `topic` and `new_topic`/,
    ],
    '0 days': [{ days: 0 }, '', /days/],
    'an unknown member': [{ enviroment: 'both' }, '', /enviroment/],
    'a body that is not a CSR': ['nonsense', '', /no certificate signing request/],
    'a private key instead of a CSR': [
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      '',
      /PRIVATE KEY/,
    ],
  };
  for (const [what, [body, query, reason]] of Object.entries(INVALID)) {
    it(`are rejected for ${what}`, async () => {
      const answer = await issue(body, query);
      assert.equal(answer.status, 400);
      assert.match(answer.body.error, reason);
    });
  }
});
