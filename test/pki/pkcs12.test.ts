import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { PFX } from 'pkijs';
import { encode, PkiError, parse } from '../../src/pki/asn1.ts';
import { type KeyAndCertificate, readPkcs12, writePkcs12 } from '../../src/pki/pkcs12.ts';
import { OpensslFolder } from './openssl.ts';

describe('PKCS#12', () => {
  let openssl: OpensslFolder;
  let leaf: X509Certificate;
  let ca: X509Certificate;
  let own: KeyAndCertificate;

  before(() => {
    openssl = new OpensslFolder();
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 1 -subj /CN=ca');
    openssl.run('req -new -newkey rsa:2048 -nodes -keyout key.pem -out leaf.csr -subj /CN=device');
    openssl.run('x509 -req -in leaf.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out leaf.pem -days 1');
    leaf = new X509Certificate(openssl.read('leaf.pem'));
    ca = new X509Certificate(openssl.read('ca.pem'));
    own = {
      privateKey: createPrivateKey(openssl.text('key.pem')).export({ type: 'pkcs8', format: 'der' }),
      certificatePem: openssl.text('leaf.pem'),
      name: 'Gerät 1',
    };
  });
  after(() => openssl.remove());

  function exported(options = '', password = 'secret'): Uint8Array {
    openssl.runWith([
      ...'pkcs12 -export -inkey key.pem -in leaf.pem -certfile ca.pem -name device -out file.p12'.split(' '),
      ...['-passout', `pass:${password}`],
      ...options.split(' ').filter((option) => option !== ''),
    ]);
    return openssl.read('file.p12');
  }

  async function expectContent(file: Uint8Array, password = 'secret'): Promise<void> {
    const { privateKey, certificates, name } = await readPkcs12(file, password);
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    assert.ok(leaf.checkPrivateKey(key));
    assert.deepEqual(
      certificates.map(({ fingerprint256 }) => fingerprint256),
      [leaf.fingerprint256, ca.fingerprint256],
    );
    assert.equal(name, 'device');
  }

  const FORMS: Readonly<Record<string, string>> = {
    'the default of OpenSSL 3: PBES2 with AES-256': '',
    'RC2-40 and triple DES: openssl -legacy': '-legacy',
    'RC2-128': '-legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128',
    'triple DES': '-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1',
    'PBES2 with AES-128': '-certpbe AES-128-CBC -keypbe AES-128-CBC',
    'PBES2 with triple DES': '-certpbe DES-EDE3-CBC -keypbe DES-EDE3-CBC',
    'a MAC with SHA-384': '-macalg sha384',
    'a MAC with SHA-512': '-macalg sha512',
    'no MAC': '-nomac',
    'nothing encrypted': '-keypbe NONE -certpbe NONE',
    '100,000 iterations': '-iter 100000',
  };
  for (const [what, options] of Object.entries(FORMS)) {
    it(`reads a file of openssl with ${what}`, async () => {
      await expectContent(exported(options));
    });
  }

  for (const password of ['', 'pässwort', '密码']) {
    for (const options of ['', '-legacy']) {
      it(`reads a file of openssl with the password "${password}" ${options}`, async () => {
        await expectContent(exported(options, password), password);
      });
    }
  }

  it('reads what it writes', async () => {
    const { privateKey, certificates, name } = await readPkcs12(await writePkcs12(own, 'secret'), 'secret');
    assert.deepEqual(Buffer.from(privateKey), own.privateKey);
    assert.deepEqual(
      certificates.map(({ fingerprint256 }) => fingerprint256),
      [leaf.fingerprint256],
    );
    assert.equal(name, 'Gerät 1');
  });

  it('writes triple DES and SHA-1, which all readers know', async () => {
    openssl.write('own.p12', await writePkcs12(own, 'secret'));
    const { stderr } = openssl.spawn('pkcs12 -in own.p12 -info -noout -passin pass:secret');
    assert.match(stderr, /MAC: sha1, Iteration 2048/);
    assert.match(stderr, /PKCS7 Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048/);
    assert.match(stderr, /Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048/);
  });

  for (const options of ['', '-legacy', '-nomac']) {
    it(`rejects a wrong password ${options}`, async () => {
      await assert.rejects(readPkcs12(exported(options), 'wrong'), PkiError);
    });
  }

  it('rejects a file that was changed', async () => {
    const file = exported();
    file[file.length >> 1]! ^= 1;
    await assert.rejects(readPkcs12(file, 'secret'), PkiError);
  });

  it('rejects a file without a private key', async () => {
    exported('-nokeys');
    await assert.rejects(readPkcs12(openssl.read('file.p12'), 'secret'), /no private key/);
  });

  it('rejects more iterations than a million', async () => {
    const file = parse(PFX, exported());
    file.macData!.iterations = 2_000_000;
    await assert.rejects(readPkcs12(encode(file), 'secret'), /1 to 1000000 iterations/);
  });

  it('rejects what is not PKCS#12', async () => {
    await assert.rejects(readPkcs12(leaf.raw, 'secret'), PkiError);
  });
});
