import assert from 'node:assert/strict';
import { OpensslFolder } from '../../pki/openssl.ts';
import { ControlClient } from './control-client.ts';

describe('the server token', () => {
  let openssl: OpensslFolder;
  let certificate: string;

  before(() => {
    openssl = new OpensslFolder();
    openssl.run(
      'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 1 -subj /CN=mdm',
    );
    certificate = openssl.text('certificate.pem');
  });
  after(() => openssl.remove());

  function opened(file: string): Record<string, string> {
    openssl.write('token.p7m', file);
    const message = openssl
      .run('smime -decrypt -in token.p7m -recip certificate.pem -inkey key.pem')
      .toString();
    return JSON.parse(/-----BEGIN MESSAGE-----\n(.*)\n-----END MESSAGE-----/.exec(message)![1]!);
  }

  it('is returned as the file contains it', async () => {
    const client = await ControlClient.of();
    const { body } = await client.request('GET', 'token?mdm_server=Second%20MDM');
    assert.deepEqual(Object.keys(body), [
      'consumer_key',
      'consumer_secret',
      'access_token',
      'access_secret',
      'access_token_expiry',
    ]);
    assert.match(body.access_token_expiry, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  for (const token_cipher of ['aes128', 'aes256', '3des'] as const) {
    for (const token_encoding of ['ber', 'der'] as const) {
      it(`is encrypted with ${token_cipher} in ${token_encoding}`, async () => {
        const client = await ControlClient.of({ behavior: { dep: { token_cipher, token_encoding } } });
        const answer = await client.request('POST', 'token', { body: certificate });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['content-type'], 'application/pkcs7-mime');
        assert.equal(
          answer.headers['content-disposition'],
          'attachment; filename="Acme_MDM_Token_2026-03-02T08-00-00Z_smime.p7m"',
        );
        assert.deepEqual(opened(answer.text), (await client.request('GET', 'token')).body);
      });
    }
  }

  it('is that of the named MDM server, by name or UUID', async () => {
    const client = await ControlClient.of();
    const uuid = client.tenant.organization.enrollment.servers[1]!.serverUuid;
    const [byName, byUuid, first] = await Promise.all(
      ['?mdm_server=Second%20MDM', `?mdm_server=${uuid}`, ''].map((query) =>
        client.request('POST', `token${query}`, { body: certificate }),
      ),
    );
    const key = opened(byName!.text).consumer_key;
    assert.equal(opened(byUuid!.text).consumer_key, key);
    assert.notEqual(opened(first!.text).consumer_key, key);
  });

  it('is renewed only with renew=true and a usable certificate', async () => {
    const client = await ControlClient.of();
    const tokens = client.tenant.organization.enrollment.servers[0]!.tokens;
    await client.request('POST', 'token', { body: certificate });
    assert.equal((await client.request('POST', 'token?renew=true', { body: 'no certificate' })).status, 400);
    assert.equal(tokens.length, 1);
    const renewed = opened((await client.request('POST', 'token?renew=true', { body: certificate })).text);
    assert.deepEqual(
      tokens.map(({ status }) => status),
      ['replaced', 'valid'],
    );
    assert.equal(renewed.access_token, tokens[1]!.access_token);
    assert.notEqual(renewed.access_token, tokens[0]!.access_token);
    assert.deepEqual(renewed, (await client.request('GET', 'token')).body);
  });

  it('has a file name in ASCII and one in UTF-8', async () => {
    const client = await ControlClient.of({ mdmServers: [{ server_name: 'Überall "1"' }], devices: [] });
    const { headers } = await client.request('POST', 'token', { body: certificate });
    assert.equal(
      headers['content-disposition'],
      'attachment; filename="_berall_1__Token_2026-03-02T08-00-00Z_smime.p7m"; ' +
        "filename*=UTF-8''%C3%9Cberall_1__Token_2026-03-02T08-00-00Z_smime.p7m",
    );
  });

  const others: Readonly<Record<string, () => string | Uint8Array>> = {
    'its private key': () => openssl.text('key.pem'),
    'an EC certificate': () => {
      openssl.run(
        'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.pem -out ec-certificate.pem -days 1 -subj /CN=mdm',
      );
      return openssl.text('ec-certificate.pem');
    },
    'half a certificate': () => certificate.slice(0, 400),
    rubbish: () => new Uint8Array([0x30, 0x82, 0xff, 0xff, 1, 2, 3]),
  };
  for (const [name, make] of Object.entries(others)) {
    it(`is rejected for ${name}`, async () => {
      const client = await ControlClient.of();
      const answer = await client.request('POST', 'token', { body: make() });
      assert.equal(answer.status, 400);
      assert.match(answer.body.hint, /openssl/);
    });
  }
});
