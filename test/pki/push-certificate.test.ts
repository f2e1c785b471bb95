import assert from 'node:assert/strict';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import type { ClientCertificate } from '../../src/http/client-certificate.ts';
import { type Authority, createAuthority } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import { writePkcs12 } from '../../src/pki/pkcs12.ts';
import {
  generatePushKey,
  generateRsaKey,
  issuePushCertificate,
  type KeyPair,
  type PushCertificateForm,
  readClientCertificate,
} from '../../src/pki/push-certificates.ts';
import {
  isVendorRequest,
  PushRequestError,
  readSigningRequest,
  readVendorRequest,
} from '../../src/pki/push-requests.ts';
import { OpensslFolder } from './openssl.ts';

const UUID = '0d8b4a6e-1c2f-4d3a-9b5e-6f7a8b9c0d1e';
const TOPIC = `com.apple.mgmt.External.${UUID}`;
const VALIDITY = validityAround([Math.floor(Date.now() / 1000) * 1000], 365);

let authority: Authority;
let pair: KeyPair;
let openssl: OpensslFolder;

before(async () => {
  authority = createAuthority(VALIDITY);
  pair = await generateRsaKey();
});
before(() => {
  openssl = new OpensslFolder();
});
after(() => openssl.remove());

const issued = (form: Partial<PushCertificateForm> = {}): string =>
  issuePushCertificate(authority, {
    topic: TOPIC,
    environment: 'production',
    publicKey: pair.publicKey,
    validity: VALIDITY,
    ...form,
  });
const readBack = (certificate: string, by: Authority | undefined = authority): ClientCertificate =>
  readClientCertificate(new X509Certificate(certificate).raw, by)!;

describe('a push certificate', () => {
  it('has the subject, the purpose and the mark of one of Apple’s for an MDM server', () => {
    openssl.write('push.pem', issued());
    const text = openssl.run('x509 -in push.pem -noout -text -nameopt RFC2253').toString();
    assert.match(text, new RegExp(`Subject: C=US,CN=APSP:${UUID},UID=${TOPIC.replaceAll('.', '\\.')}`));
    assert.match(text, /TLS Web Client Authentication/);
    assert.match(text, /1\.2\.840\.113635\.100\.6\.3\.2:/);
    assert.doesNotMatch(text, /1\.2\.840\.113635\.100\.6\.3\.1:/);
    openssl.write('ca.pem', authority.certificatePem);
    assert.match(
      openssl.run('verify -x509_strict -purpose sslclient -CAfile ca.pem push.pem').toString(),
      /OK/,
    );
  });

  it('tells the push service what it may', () => {
    const { fingerprint, serialNumber, ...told } = readBack(issued());
    assert.match(fingerprint, /^[0-9a-f]{64}$/);
    assert.match(serialNumber, /^[0-9a-f]{32}$/);
    assert.deepEqual(told, {
      commonName: `APSP:${UUID}`,
      issuer: 'Crabapple Local Certification Authority',
      issuedHere: true,
      defaultTopic: TOPIC,
      topics: [TOPIC],
      environments: ['production'],
      notBefore: VALIDITY.notBefore,
      notAfter: VALIDITY.notAfter,
    });
  });

  const ENVIRONMENTS = {
    production: ['production'],
    sandbox: ['sandbox'],
    both: ['production', 'sandbox'],
  } as const;
  for (const [environment, expected] of Object.entries(ENVIRONMENTS)) {
    it(`for ${environment} says so`, () => {
      const certificate = issued({ environment: environment as keyof typeof ENVIRONMENTS });
      assert.deepEqual(readBack(certificate).environments, expected);
    });
  }

  it('may list more topics, as those of apps do', () => {
    const certificate = issued({
      topic: 'com.acme.app',
      moreTopics: ['com.acme.app.voip', 'com.acme.app.complication'],
    });
    const { topics, commonName } = readBack(certificate);
    assert.deepEqual(topics, ['com.acme.app', 'com.acme.app.voip', 'com.acme.app.complication']);
    assert.equal(commonName, 'Apple Push Services: com.acme.app');
  });

  it('keeps its topic through a renewal, under another number', () => {
    const [old, renewed] = [readBack(issued()), readBack(issued())];
    assert.equal(old.defaultTopic, renewed.defaultTopic);
    assert.notEqual(old.fingerprint, renewed.fingerprint);
  });

  it('comes with its key as PKCS#12 that openssl reads', async () => {
    const certificate = issued();
    for (const password of ['', 'secret', 'pässwort']) {
      const form = { ...pair, certificatePem: certificate, name: TOPIC };
      openssl.write('push.p12', await writePkcs12(form, password));
      const out = openssl
        .runWith(['pkcs12', '-in', 'push.p12', '-nodes', '-passin', `pass:${password}`])
        .toString();
      const key = createPrivateKey(/-----BEGIN PRIVATE KEY-----.*-----END PRIVATE KEY-----/s.exec(out)![0]);
      assert.ok(new X509Certificate(out).checkPrivateKey(key));
    }
    assert.throws(() => openssl.runWith(['pkcs12', '-in', 'push.p12', '-nodes', '-passin', 'pass:wrong']));
  });
});

describe('a client certificate of somebody else', () => {
  const selfSigned = (subject: string): Buffer => {
    openssl.runWith([
      ...'req -x509 -newkey rsa:2048 -nodes -keyout k.pem -outform DER -out c.der -days 1'.split(' '),
      ...['-subj', subject],
    ]);
    return openssl.read('c.der');
  };

  it('is read all the same, as not issued here', () => {
    const certificate = readClientCertificate(selfSigned(`/UID=${TOPIC}/CN=APSP:x`), authority)!;
    assert.deepEqual(
      [certificate.issuedHere, certificate.defaultTopic, certificate.topics, certificate.environments],
      [false, TOPIC, [TOPIC], []],
    );
  });

  it('may have no topic at all', () => {
    const certificate = readClientCertificate(selfSigned('/CN=plain'), authority)!;
    assert.deepEqual([certificate.defaultTopic, certificate.topics], [undefined, []]);
  });

  it('is not taken for one of ours by a name that anybody can write', () => {
    const impostor = createAuthority(VALIDITY);
    const certificate = issuePushCertificate(impostor, {
      topic: TOPIC,
      environment: 'production',
      publicKey: pair.publicKey,
      validity: VALIDITY,
    });
    assert.equal(readBack(certificate).issuedHere, false);
  });

  it('that is damaged is none, and throws nothing', () => {
    const der = new X509Certificate(issued({ moreTopics: ['a'] })).raw;
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(der);
        damaged[at] = byte;
        readClientCertificate(damaged, authority);
      }),
      { numRuns: 300 },
    );
    assert.equal(readClientCertificate(new Uint8Array(), authority), undefined);
  });
});

describe('a certificate signing request', () => {
  const made = (parameters = '-newkey rsa:2048', form = 'PEM'): Buffer => {
    openssl.run(
      `req -new ${parameters} -nodes -keyout csr-key.pem -outform ${form} -out push.csr -subj /CN=push`,
    );
    return openssl.read('push.csr');
  };

  for (const form of ['PEM', 'DER']) {
    it(`in ${form} gets a certificate for its key`, () => {
      const { publicKey } = readSigningRequest(made(undefined, form));
      const certificate = new X509Certificate(issued({ publicKey }));
      assert.ok(certificate.checkPrivateKey(createPrivateKey(openssl.text('csr-key.pem'))));
    });
  }

  const REFUSED: Readonly<Record<string, readonly [given: () => Uint8Array, reason: RegExp]>> = {
    'an elliptic key': [() => made('-newkey ec -pkeyopt ec_paramgen_curve:P-256'), /key of type ec/],
    'a short key': [() => made('-newkey rsa:1024'), /1024 bits/],
    nothing: [() => new Uint8Array(), /no certificate signing request/],
    'something else in PEM': [() => Buffer.from(issued()), /PEM file with CERTIFICATE/],
    'an altered one': [
      () => {
        const der = made(undefined, 'DER');
        der[der.length - 1]! ^= 1;
        return der;
      },
      /not signed by its own key/,
    ],
  };
  for (const [what, [given, reason]] of Object.entries(REFUSED)) {
    it(`is refused where it is ${what}`, () => {
      assert.throws(
        () => readSigningRequest(given()),
        (error) => error instanceof PushRequestError && reason.test(error.message),
      );
    });
  }
});

describe('the request that a vendor signs for a customer', () => {
  let csr: Buffer;
  let chain: string;
  let signature: string;

  before(() => {
    openssl.run(
      'req -new -newkey rsa:2048 -nodes -keyout customer.pem -outform DER -out customer.der -subj /CN=customer',
    );
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout root.pem -out root.crt -days 2 -subj /CN=root');
    openssl.run('req -new -newkey rsa:2048 -nodes -keyout vendor.pem -out vendor.csr -subj /CN=vendor');
    openssl.run(
      'x509 -req -in vendor.csr -CA root.crt -CAkey root.pem -CAcreateserial -out vendor.crt -days 1',
    );
    csr = openssl.read('customer.der');
    chain = openssl.text('vendor.crt') + openssl.text('root.crt');
    signature = sign('sha256', csr, openssl.text('vendor.pem')).toString('base64');
  });

  const plist = (members: Readonly<Record<string, string>> = {}, tag = 'string'): string =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
      '<plist version="1.0"><dict>',
      ...Object.entries({
        PushCertRequestCSR: csr.toString('base64'),
        PushCertSignature: signature,
        PushCertCertificateChain: chain,
        ...members,
      }).map(([name, value]) => `<key>${name}</key><${tag}>${value}</${tag}>`),
      '</dict></plist>',
    ].join('\n');
  const encoded = (text: string): Buffer => Buffer.from(Buffer.from(text).toString('base64'));

  const FORMS: Readonly<Record<string, () => Buffer>> = {
    'in base64, as it is uploaded': () => encoded(plist()),
    'as XML': () => Buffer.from(plist()),
    'with line ends as entities, as Go writes them': () =>
      encoded(plist({ PushCertCertificateChain: chain.replaceAll('\n', '&#xA;') })),
  };
  for (const [what, given] of Object.entries(FORMS)) {
    it(`is taken ${what}`, () => {
      assert.ok(isVendorRequest(given()));
      assert.deepEqual(Buffer.from(readVendorRequest(given()).der), csr);
    });
  }

  const REFUSED: Readonly<
    Record<string, readonly [members: () => Readonly<Record<string, string>>, reason: RegExp]>
  > = {
    'without a signature': [() => ({ PushCertSignature: '' }), /has no PushCertSignature/],
    'signed by somebody else': [
      () => ({ PushCertSignature: sign('sha256', csr, openssl.text('root.pem')).toString('base64') }),
      /not the signature/,
    ],
    'signed with SHA-1': [
      () => ({ PushCertSignature: sign('sha1', csr, openssl.text('vendor.pem')).toString('base64') }),
      /not the signature/,
    ],
    'with a chain that ends early': [
      () => ({ PushCertCertificateChain: openssl.text('vendor.crt') }),
      /the last certificate of the chain is no root/,
    ],
    'with a chain in the wrong order': [
      () => ({ PushCertCertificateChain: openssl.text('root.crt') + openssl.text('vendor.crt') }),
      /not signed by the next/,
    ],
    'without a chain': [() => ({ PushCertCertificateChain: 'none' }), /chain is empty/],
    'with a CSR that is none': [
      () => ({ PushCertRequestCSR: 'AAAA' }),
      /^PushCertRequestCSR: this is no certificate signing request/,
    ],
  };
  for (const [what, [members, reason]] of Object.entries(REFUSED)) {
    it(`is refused ${what}`, () => {
      assert.throws(
        () => readVendorRequest(encoded(plist(members()))),
        (error) => error instanceof PushRequestError && reason.test(error.message),
      );
    });
  }

  it('is told from a bare CSR', () => {
    assert.equal(isVendorRequest(csr), false);
    assert.equal(isVendorRequest(Buffer.from('nonsense')), false);
  });
});

describe('a key for provider tokens', () => {
  it('is a .p8 file of a P-256 key, with the public half that signatures are checked by', async () => {
    const { p8, publicKey } = await generatePushKey();
    assert.match(p8, /^-----BEGIN PRIVATE KEY-----\n/);
    const { kty, crv, x, y } = createPrivateKey(p8).export({ format: 'jwk' });
    assert.deepEqual({ kty, crv, x, y }, publicKey);
  });
});
