import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type CrabappleServer, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { OpensslFolder } from '../pki/openssl.ts';
import { vendorRequest } from '../pki/vendor-request.ts';
import { Command, type Ended } from './command.ts';
import { Folder } from './folder.ts';

describe('commands for a running server', () => {
  const folder = new Folder();
  let server: CrabappleServer;
  before(async () => {
    const apple = new SimulatedApple();
    await apple.addScenario('name: First\nmdm_servers: [{ server_name: One }, { server_name: Two }]', {});
    await apple.addScenario('name: Second', {});
    server = await openServer(apple, { port: 0 });
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  const ask = (parameters: readonly string[]): Promise<Ended> =>
    new Command(parameters, { CRABAPPLE_URL: server.url }).ended;

  it('readyz exits with 0 if the server is ready', async () => {
    assert.deepEqual(await ask(['readyz']), { stdout: `${server.url} is ready\n`, stderr: '', code: 0 });
  });

  it('readyz --timeout waits for the server', async () => {
    const { port } = server;
    await server.close();
    const waiting = ask(['readyz', '--timeout', '1m']);
    const apple = new SimulatedApple();
    await apple.addScenario('name: First\nmdm_servers: [{ server_name: One }, { server_name: Two }]');
    await apple.addScenario('name: Second');
    server = await openServer(apple, { port });
    assert.equal((await waiting).code, 0);
  });

  it('env prints shell code', async () => {
    const { stdout, code } = await ask(['env']);
    assert.equal(code, 0);
    const shell = execFileSync('sh', ['-c', `${stdout}\nprintf %s "$CRABAPPLE_ACCESS_SECRET"`], {
      encoding: 'utf8',
    });
    assert.equal(shell, server.env.CRABAPPLE_ACCESS_SECRET);
  });

  it('content-token prints the content token of a location', async () => {
    const printed = await ask(['content-token']);
    assert.deepEqual(printed, { stdout: `${server.env.CRABAPPLE_CONTENT_TOKEN}\n`, stderr: '', code: 0 });
    const { stderr, code } = await ask(['content-token', '--location', 'Nowhere']);
    assert.equal(code, 2);
    assert.match(stderr, /no location is named "Nowhere"/);
  });

  it('env --organization selects an organization', async () => {
    const { stdout } = await ask(['env', '--format', 'json', '--organization', 'second']);
    const { CRABAPPLE_URL, CRABAPPLE_CONSUMER_KEY } = JSON.parse(stdout) as Record<string, string>;
    assert.equal(CRABAPPLE_URL, server.url);
    assert.notEqual(CRABAPPLE_CONSUMER_KEY, server.env.CRABAPPLE_CONSUMER_KEY);
  });

  it('env --mdm-server selects an MDM server; an error lists the names', async () => {
    const { stdout } = await ask(['env', '--format', 'json', '--mdm-server', 'Two']);
    const variables = JSON.parse(stdout) as Record<string, string>;
    assert.notEqual(variables.CRABAPPLE_CONSUMER_KEY, server.env.CRABAPPLE_CONSUMER_KEY);
    assert.equal(variables.CRABAPPLE_PUSH_TOPIC, server.env.CRABAPPLE_PUSH_TOPIC);
    const { stderr, code } = await ask(['env', '--mdm-server', 'Three']);
    assert.equal(code, 2);
    assert.match(stderr, /there is no MDM server "Three"\n {2}the MDM servers are `One`, `Two`\n/);
    assert.match((await ask(['env', '--location', 'Nowhere'])).stderr, /no location is named "Nowhere"/);
  });

  it('env --organization lists the ids if there is no such organization', async () => {
    const { stderr, code } = await ask(['env', '--organization', 'third']);
    assert.equal(code, 2);
    assert.match(stderr, /no organization has the id "third"\n {2}the ids are `first`, `second`\n/);
  });

  it('token writes a server token that the private key decrypts', async () => {
    const [key, certificate, out] = ['key.pem', 'cert.pem', 'token.p7m'].map((name) => folder.file(name));
    const subject = ['-subj', '/CN=mdm', '-days', '1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', certificate!, ...subject],
      { stdio: 'ignore' },
    );
    const written = await ask(['token', '--public-key', certificate!, '--mdm-server', 'Two', '--out', out!]);
    assert.deepEqual(written, { stdout: `Created ${out}\n`, stderr: '', code: 0 });
    const text = execFileSync('openssl', ['smime', '-decrypt', '-in', out!, '-inkey', key!], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const current = await (await fetch(`${server.url}/_crabapple/token?mdm_server=Two`)).json();
    assert.ok(text.includes(JSON.stringify(current)), text);

    const renewed = await ask(['token', '--public-key', certificate!, '--renew']);
    assert.match(renewed.stdout, /^Content-Type: application\/pkcs7-mime/);
    assert.notEqual(renewed.stdout, readFileSync(out!, 'utf8'));
  });

  it('token prints a hint for a file that is not a certificate', async () => {
    const { stderr, code } = await ask(['token', '--public-key', folder.file('text.pem', 'hello')]);
    assert.equal(code, 2);
    assert.match(stderr, /^error: the body is .*\n {2}send an X.509 certificate with an RSA key; .*openssl/);
  });

  it('push-cert writes certificate, key and PKCS#12 file, readable only for the owner', async () => {
    const [certificate, key, p12] = ['push.pem', 'push.key', 'push.p12'].map((name) => folder.file(name));
    const { stdout, code } = await ask([
      ...['push-cert', '--out', certificate!, '--key-out', key!, '--p12', p12!, '--days', '30'],
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /^topic com\.apple\.mgmt\.External\./m);
    const shown = new X509Certificate(readFileSync(certificate!));
    assert.ok(shown.checkPrivateKey(createPrivateKey(readFileSync(key!))));
    for (const file of [certificate, key, p12]) assert.equal(statSync(file!).mode & 0o777, 0o600);
  });

  it('push-cert prints certificate and key to standard output', async () => {
    const { stdout } = await ask(['push-cert', '--topic', 'com.acme.app', '--environment', 'sandbox']);
    assert.match(stdout, /^-----BEGIN CERTIFICATE-----.*-----BEGIN PRIVATE KEY-----/s);
  });

  it('push-cert --csr accepts a request that a vendor signed with openssl and keeps the topic', async () => {
    const openssl = new OpensslFolder();
    try {
      const request = vendorRequest(openssl);
      const out = folder.file('vendor.pem');
      const ordered = ['push-cert', '--csr', folder.file('request.plist', request), '--out', out];
      const { stdout, code } = await ask(ordered);
      assert.equal(code, 0);
      assert.match(stdout, /^topic com\.apple\.mgmt\.External\./m);
      const first = new X509Certificate(readFileSync(out));
      assert.ok(first.checkPrivateKey(createPrivateKey(openssl.text('customer.pem'))));
      await ask(ordered);
      assert.equal(new X509Certificate(readFileSync(out)).subject, first.subject);
      await ask([...ordered, '--new-topic']);
      assert.notEqual(new X509Certificate(readFileSync(out)).subject, first.subject);

      const other = openssl.run('dgst -sha256 -sign root.pem customer.der').toString('base64');
      const forged = request.replace(/(PushCertSignature<\/key><string>)[^<]*/, `$1${other}`);
      const rejected = await ask(['push-cert', '--csr', folder.file('forged.plist', forged)]);
      assert.equal(rejected.code, 2);
      assert.match(rejected.stderr, /^error: PushCertSignature is not .*\n {2}it is SHA256withRSA/);
    } finally {
      openssl.remove();
    }
  });

  it('push-cert --csr prints a hint for an invalid request', async () => {
    const file = folder.file('no.csr', 'nonsense');
    const { stderr, code } = await ask(['push-cert', '--csr', file]);
    assert.equal(code, 2);
    assert.match(stderr, /no certificate signing request\n.*openssl req -new/);
  });
});
