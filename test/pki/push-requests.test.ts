import assert from 'node:assert/strict';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { createAuthority } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import { issuePushCertificate } from '../../src/pki/push-certificates.ts';
import {
  isVendorRequest,
  PushRequestError,
  readSigningRequest,
  readVendorRequest,
} from '../../src/pki/push-requests.ts';
import { OpensslFolder } from './openssl.ts';

const VALIDITY = validityAround([Math.floor(Date.now() / 1000) * 1000], 365);

describe('push certificate requests', () => {
  let openssl: OpensslFolder;
  before(() => {
    openssl = new OpensslFolder();
  });
  after(() => openssl.remove());

  const authority = createAuthority(VALIDITY);
  const issuedFor = (publicKey: Uint8Array): string =>
    issuePushCertificate(authority, {
      topic: 'com.apple.mgmt.External.0d8b4a6e',
      environment: 'production',
      publicKey,
      validity: VALIDITY,
    });

  describe('certificate signing request for a push certificate', () => {
    const made = (parameters = '-newkey rsa:2048', form = 'PEM'): Buffer => {
      openssl.run(
        `req -new ${parameters} -nodes -keyout csr-key.pem -outform ${form} -out push.csr -subj /CN=push`,
      );
      return openssl.read('push.csr');
    };

    for (const form of ['PEM', 'DER']) {
      it(`in ${form} is accepted, and the certificate is for its key`, () => {
        const { publicKey } = readSigningRequest(made(undefined, form));
        const certificate = new X509Certificate(issuedFor(publicKey));
        assert.ok(certificate.checkPrivateKey(createPrivateKey(openssl.text('csr-key.pem'))));
      });
    }

    const REJECTED: Readonly<Record<string, readonly [given: () => Uint8Array, reason: RegExp]>> = {
      'with an EC key': [() => made('-newkey ec -pkeyopt ec_paramgen_curve:P-256'), /key of type ec/],
      'with a key of 1024 bits': [() => made('-newkey rsa:1024'), /1024 bits/],
      'that is empty': [() => new Uint8Array(), /no certificate signing request/],
      'that is a certificate in PEM': [
        () => Buffer.from(issuedFor(readSigningRequest(made()).publicKey)),
        /PEM file with CERTIFICATE/,
      ],
      'that was changed': [
        () => {
          const der = made(undefined, 'DER');
          der[der.length - 1]! ^= 1;
          return der;
        },
        /not signed by its own key/,
      ],
    };
    for (const [what, [given, reason]] of Object.entries(REJECTED)) {
      it(`${what} is rejected`, () => {
        assert.throws(
          () => readSigningRequest(given()),
          (error) => error instanceof PushRequestError && reason.test(error.message),
        );
      });
    }
  });

  describe('push certificate request signed by an MDM vendor', () => {
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
      'in base64, as the portal takes it': () => encoded(plist()),
      'as XML': () => Buffer.from(plist()),
      'with line breaks as XML entities, as Go writes them': () =>
        encoded(plist({ PushCertCertificateChain: chain.replaceAll('\n', '&#xA;') })),
    };
    for (const [what, given] of Object.entries(FORMS)) {
      it(`is accepted ${what}`, () => {
        assert.ok(isVendorRequest(given()));
        assert.deepEqual(Buffer.from(readVendorRequest(given()).der), csr);
      });
    }

    const REJECTED: Readonly<
      Record<string, readonly [members: () => Readonly<Record<string, string>>, reason: RegExp]>
    > = {
      'without a signature': [() => ({ PushCertSignature: '' }), /has no PushCertSignature/],
      'signed with another key': [
        () => ({ PushCertSignature: sign('sha256', csr, openssl.text('root.pem')).toString('base64') }),
        /not the signature/,
      ],
      'signed with SHA-1': [
        () => ({ PushCertSignature: sign('sha1', csr, openssl.text('vendor.pem')).toString('base64') }),
        /not the signature/,
      ],
      'with a chain that ends before the root': [
        () => ({ PushCertCertificateChain: openssl.text('vendor.crt') }),
        /the last certificate of the chain is no root/,
      ],
      'with a chain in the wrong order': [
        () => ({ PushCertCertificateChain: openssl.text('root.crt') + openssl.text('vendor.crt') }),
        /not signed by the next/,
      ],
      'without a chain': [() => ({ PushCertCertificateChain: 'none' }), /chain is empty/],
      'with something else as CSR': [
        () => ({ PushCertRequestCSR: 'AAAA' }),
        /^PushCertRequestCSR: this is no certificate signing request/,
      ],
    };
    for (const [what, [members, reason]] of Object.entries(REJECTED)) {
      it(`is rejected ${what}`, () => {
        assert.throws(
          () => readVendorRequest(encoded(plist(members()))),
          (error) => error instanceof PushRequestError && reason.test(error.message),
        );
      });
    }

    it('differs from a CSR without a vendor signature', () => {
      assert.equal(isVendorRequest(csr), false);
      assert.equal(isVendorRequest(Buffer.from('nonsense')), false);
    });
  });
});
