import { createHash, createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  AuthenticatedSafe,
  CertBag,
  ContentInfo,
  DigestInfo,
  EncryptedContentInfo,
  EncryptedData,
  MacData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs';
import { digestAlgorithm, digestOf } from './algorithms.ts';
import { encode, PkiError, parse, textOf } from './asn1.ts';
import { readCertificate } from './certificates.ts';
import {
  checkedIterations,
  decryptWithPassword,
  encryptWithPassword,
  ITERATIONS,
  macOf,
  SALT_BYTES,
} from './password-encryption.ts';

// PKCS#12 (RFC 7292): a private key and its certificates under a password.

const ID = {
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

export interface KeyAndCertificate {
  /** PKCS#8 in DER. */
  readonly privateKey: Uint8Array;
  readonly certificatePem: string;
  readonly name: string;
}

/**
 * A `.p12` file in the form that all readers support: triple DES and SHA-1. golang.org/x/crypto/pkcs12 and the
 * keychain of older systems do not know newer ciphers. The password of a push certificate for a simulator protects
 * nothing.
 */
export async function writePkcs12(
  { privateKey, certificatePem, name }: KeyAndCertificate,
  password: string,
): Promise<Uint8Array> {
  const certificate = new X509Certificate(certificatePem).raw;
  const bagAttributes = [
    new Attribute({ type: ID.friendlyName, values: [new BmpString({ value: name })] }),
    new Attribute({
      type: ID.localKeyId,
      values: [new OctetString({ valueHex: createHash('sha1').update(certificate).digest() })],
    }),
  ];
  const certificateBag = new SafeBag({
    bagId: ID.certificateBag,
    bagValue: new CertBag({
      certId: ID.x509Certificate,
      certValue: new OctetString({ valueHex: certificate }),
    }),
    bagAttributes,
  });
  const key = await encryptWithPassword(privateKey, password);
  const keyBag = new SafeBag({
    bagId: ID.shroudedKeyBag,
    bagValue: new PKCS8ShroudedKeyBag({
      encryptionAlgorithm: key.algorithm,
      encryptedData: new OctetString({ valueHex: key.content }),
    }),
    bagAttributes,
  });
  const certificates = await encryptWithPassword(
    encode(new SafeContents({ safeBags: [certificateBag] })),
    password,
  );
  const encryptedCertificates = new EncryptedData({
    encryptedContentInfo: new EncryptedContentInfo({
      contentType: ContentInfo.DATA,
      contentEncryptionAlgorithm: certificates.algorithm,
      encryptedContent: new OctetString({ valueHex: certificates.content }),
      disableSplit: true,
    }),
  });
  const safe = encode(
    new AuthenticatedSafe({
      safeContents: [
        new ContentInfo({
          contentType: ContentInfo.ENCRYPTED_DATA,
          content: encryptedCertificates.toSchema(),
        }),
        dataOf(encode(new SafeContents({ safeBags: [keyBag] }))),
      ],
    }),
  );
  const salt = randomBytes(SALT_BYTES);
  const mac = await macOf(safe, { digest: 'sha1', salt, iterations: ITERATIONS }, password);
  return encode(
    new PFX({
      authSafe: dataOf(safe),
      macData: new MacData({
        mac: new DigestInfo({
          digestAlgorithm: parse(AlgorithmIdentifier, digestAlgorithm('sha1')),
          digest: new OctetString({ valueHex: mac }),
        }),
        macSalt: new OctetString({ valueHex: salt }),
        iterations: ITERATIONS,
      }),
    }),
  );
}

const dataOf = (bytes: Uint8Array): ContentInfo =>
  new ContentInfo({ contentType: ContentInfo.DATA, content: new OctetString({ valueHex: bytes }) });

export interface Pkcs12Content {
  /** PKCS#8 in DER. */
  readonly privateKey: Uint8Array;
  /** The certificate of the key first. */
  readonly certificates: readonly X509Certificate[];
  /** The friendly name of the key, or of its certificate. */
  readonly name: string | undefined;
}

/**
 * Reads a `.p12` file with a password. Supported are PBES2 with AES or triple DES, and the old triple DES and RC2.
 * @throws PkiError for a wrong password, for a file without a key, and for algorithms that are not supported
 */
export async function readPkcs12(file: Uint8Array, password: string): Promise<Pkcs12Content> {
  const { authSafe, macData } = parse(PFX, file);
  const safe = octetsOf(authSafe);
  const used = await passwordOf(macData, safe, password);
  const bags = (
    await Promise.all(
      parse(AuthenticatedSafe, safe).safeContents.map(async (content) =>
        bagsIn(parse(SafeContents, await safeContentsOf(content, used))),
      ),
    )
  ).flat();
  const keys = await Promise.all(bags.map((bag) => privateKeyOf(bag, used)));
  const index = keys.findIndex((key) => key !== undefined);
  const privateKey = keys[index];
  if (privateKey === undefined) throw new PkiError('the PKCS#12 file has no private key');
  const certificates = bags.flatMap((bag) => certificateOf(bag) ?? []);
  const key = readPrivateKey(privateKey);
  const isOwn = ({ certificate }: CertificateInBag) => certificate.checkPrivateKey(key);
  const own = certificates.filter(isOwn);
  return {
    privateKey,
    certificates: [...own, ...certificates.filter((entry) => !isOwn(entry))].map(
      ({ certificate }) => certificate,
    ),
    name: friendlyNameOf(bags[index]!) ?? own[0]?.name,
  };
}

/** @throws PkiError */
function readPrivateKey(der: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw new PkiError(`the private key of the PKCS#12 file cannot be read: ${(error as Error).message}`);
  }
}

/** The password that the MAC confirms. An empty password has two encodings. @throws PkiError */
async function passwordOf(
  macData: MacData | undefined,
  safe: Uint8Array,
  password: string,
): Promise<string | null> {
  if (macData === undefined) return password;
  const derivation = {
    digest: digestOf(macData.mac.digestAlgorithm),
    salt: macData.macSalt.valueBlock.valueHexView,
    iterations: checkedIterations(macData.iterations ?? 1),
  };
  for (const candidate of password === '' ? ['', null] : [password]) {
    const mac = Buffer.from(await macOf(safe, derivation, candidate));
    if (mac.equals(macData.mac.digest.valueBlock.valueHexView)) return candidate;
  }
  throw new PkiError('the password of the PKCS#12 file is wrong, or the file is damaged');
}

async function safeContentsOf(content: ContentInfo, password: string | null): Promise<Uint8Array> {
  if (content.contentType === ContentInfo.DATA) return octetsOf(content);
  if (content.contentType !== ContentInfo.ENCRYPTED_DATA) {
    throw new PkiError(`content type ${content.contentType} in a PKCS#12 file is not supported`);
  }
  const { encryptedContentInfo } = parse(EncryptedData, content.content);
  const encrypted = new Uint8Array(encryptedContentInfo.getEncryptedContent());
  return decryptWithPassword(encryptedContentInfo.contentEncryptionAlgorithm, encrypted, password);
}

function octetsOf({ contentType, content }: ContentInfo): Uint8Array {
  if (contentType !== ContentInfo.DATA || !(content instanceof OctetString)) {
    throw new PkiError(`content type ${contentType} in a PKCS#12 file is not supported`);
  }
  return new Uint8Array(content.getValue());
}

const bagsIn = ({ safeBags }: SafeContents): readonly SafeBag[] =>
  safeBags.flatMap((bag) => (bag.bagValue instanceof SafeContents ? bagsIn(bag.bagValue) : [bag]));

async function privateKeyOf({ bagValue }: SafeBag, password: string | null): Promise<Uint8Array | undefined> {
  if (bagValue instanceof PrivateKeyInfo) return encode(bagValue);
  if (!(bagValue instanceof PKCS8ShroudedKeyBag)) return undefined;
  const encrypted = new Uint8Array(bagValue.encryptedData.getValue());
  return decryptWithPassword(bagValue.encryptionAlgorithm, encrypted, password);
}

interface CertificateInBag {
  readonly certificate: X509Certificate;
  readonly name: string | undefined;
}

function certificateOf(bag: SafeBag): CertificateInBag | undefined {
  const { bagValue } = bag;
  if (!(bagValue instanceof CertBag) || !(bagValue.certValue instanceof OctetString)) return undefined;
  const certificate = readCertificate(new Uint8Array(bagValue.certValue.getValue()));
  return { certificate, name: friendlyNameOf(bag) };
}

const friendlyNameOf = ({ bagAttributes = [] }: SafeBag): string | undefined =>
  textOf(bagAttributes.find(({ type }) => type === ID.friendlyName)?.values[0]);
