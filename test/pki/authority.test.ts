import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  AuthorityError,
  createAuthority,
  issueServerCertificate,
  loadAuthority,
} from '../../src/pki/authority.ts';
import { validityAround, validityBefore } from '../../src/pki/certificates.ts';
import { OpensslFolder } from './openssl.ts';

const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / 1000) * 1000;
const VALIDITY = validityAround([NOW], 30);

describe('certificate authority and server certificate', () => {
  let openssl: OpensslFolder;
  before(() => {
    openssl = new OpensslFolder();
  });
  after(() => openssl.remove());

  it('are verified by openssl verify for every host name and IP address', () => {
    const authority = createAuthority(VALIDITY);
    const names = [
      'api.push.apple.com',
      'localhost',
      '127.0.0.1',
      '::1',
      'fe80::1:2',
      '2001:db8:0:1:2:3:4:5',
    ];
    const { certificate, privateKey } = issueServerCertificate(authority, names, VALIDITY);
    openssl.write('ca.pem', authority.certificatePem);
    openssl.write('leaf.pem', certificate);
    openssl.write('key.pem', privateKey);
    const verify = 'verify -x509_strict -CAfile ca.pem -purpose sslserver';
    assert.match(openssl.run(`${verify} -verify_hostname api.push.apple.com leaf.pem`).toString(), /OK/);
    for (const address of names.slice(2)) {
      assert.match(openssl.run(`${verify} -verify_ip ${address} leaf.pem`).toString(), /OK/);
    }
    assert.throws(() => openssl.run(`${verify} -verify_hostname example.com leaf.pem`));
    assert.match(openssl.run('pkey -in key.pem -check -noout').toString(), /valid/);
  });

  it('have different serial numbers', () => {
    const authority = createAuthority(VALIDITY);
    const numbers = [1, 2, 3].map(
      () => new X509Certificate(issueServerCertificate(authority, ['a'], VALIDITY).certificate).serialNumber,
    );
    assert.equal(new Set(numbers).size, 3);
  });

  it('are valid at all requested times, for any times', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1951, 0, 1), max: Date.UTC(9999, 0, 1) }),
        fc.integer({ min: Date.UTC(1951, 0, 1), max: Date.UTC(9999, 0, 1) }),
        (one, other) => {
          const certificate = createAuthority(validityAround([one, other], 1)).certificate;
          assert.ok(Date.parse(certificate.validFrom) <= Math.min(one, other));
          assert.ok(Date.parse(certificate.validTo) >= Math.max(one, other));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are valid from 1950 to 9999 if the requested times cannot be written', () => {
    const furthest = 8_640_000_000_000_000;
    const { validFrom, validTo } = createAuthority({ notBefore: -furthest, notAfter: furthest }).certificate;
    assert.deepEqual([validFrom, validTo], ['Jan  1 00:00:00 1950 GMT', 'Dec 31 23:59:59 9999 GMT']);
  });

  it('are expired by every clock with validityBefore', () => {
    const { notBefore, notAfter } = validityBefore([NOW, NOW + 100 * DAY], 365);
    assert.deepEqual([NOW - notAfter, notAfter - notBefore], [DAY, 365 * DAY]);
  });
});

describe('certificate authority in a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crabapple-authority-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the same after a restart; only the owner can read its key', () => {
    const path = join(folder, 'data');
    const first = loadAuthority(path, VALIDITY);
    const second = loadAuthority(path, VALIDITY);
    assert.equal(second.certificatePem, first.certificatePem);
    assert.equal(readFileSync(join(path, 'ca.pem'), 'utf8'), first.certificatePem);
    assert.equal(statSync(join(path, 'ca-key.pem')).mode & 0o777, 0o600);
    const leaf = new X509Certificate(issueServerCertificate(second, ['a'], VALIDITY).certificate);
    assert.ok(leaf.verify(first.certificate.publicKey));
  });

  it('is complete after a server was killed between the writing of its two files', () => {
    const { certificatePem } = loadAuthority(folder, VALIDITY);
    for (const name of ['ca.pem', 'ca-key.pem']) {
      renameSync(join(folder, name), join(folder, `${name}.new`));
      assert.equal(loadAuthority(folder, VALIDITY).certificatePem, certificatePem);
    }
  });

  const DAMAGES = {
    'its key is missing': (path: string) => rmSync(join(path, 'ca-key.pem')),
    'its certificate is missing': (path: string) => rmSync(join(path, 'ca.pem')),
    'its key is damaged': (path: string) => writeFileSync(join(path, 'ca-key.pem'), 'x'),
    'its certificate is damaged': (path: string) => writeFileSync(join(path, 'ca.pem'), 'x'),
    'its key is that of another authority': (path: string) =>
      writeFileSync(
        join(path, 'ca-key.pem'),
        createAuthority(VALIDITY).key.export({ type: 'pkcs8', format: 'pem' }),
      ),
  };
  for (const [what, damage] of Object.entries(DAMAGES)) {
    it(`throws AuthorityError with what to do if ${what}`, () => {
      loadAuthority(folder, VALIDITY);
      damage(folder);
      assert.throws(
        () => loadAuthority(folder, VALIDITY),
        (error) => error instanceof AuthorityError && /delete both/.test(error.message),
      );
    });
  }
});
