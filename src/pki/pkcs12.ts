import {
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  pbkdf2,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import { BmpString, Integer, OctetString } from 'asn1js';
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
  PBES2Params,
  PBKDF2Params,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs';
import {
  type CipherUse,
  cipherFacts,
  cipherOf,
  type Digest,
  decrypt,
  digestAlgorithm,
  digestOf,
  encrypt,
} from './algorithms.ts';
import { childrenOf, encode, PkiError, parse, sequence, textOf } from './asn1.ts';
import { readCertificate } from './certificates.ts';

// PKCS#12 (RFC 7292): a private key and its certificates under a password.

const ITERATIONS = 2048;
const SALT_BYTES = 8;

const ID = {
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  tripleDes: '1.2.840.113549.1.12.1.3',
  rc2Of128Bits: '1.2.840.113549.1.12.1.5',
  rc2Of40Bits: '1.2.840.113549.1.12.1.6',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
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

async function encryptWithPassword(
  content: Uint8Array,
  password: string,
): Promise<{ algorithm: AlgorithmIdentifier; content: Uint8Array }> {
  const salt = randomBytes(SALT_BYTES);
  const derivation: Derivation = { digest: 'sha1', salt, iterations: ITERATIONS };
  const key = await derive('key', derivation, password, 24);
  const initialVector = await derive('vector', derivation, password, 8);
  return {
    algorithm: new AlgorithmIdentifier({
      algorithmId: ID.tripleDes,
      algorithmParams: sequence(new OctetString({ valueHex: salt }), new Integer({ value: ITERATIONS })),
    }),
    content: encrypt({ cipher: 'des-ede3-cbc', initialVector }, key, content),
  };
}

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

async function decryptWithPassword(
  algorithm: AlgorithmIdentifier,
  content: Uint8Array,
  password: string | null,
): Promise<Uint8Array> {
  const { algorithmId, algorithmParams } = algorithm;
  try {
    switch (algorithmId) {
      case ID.pbes2:
        return await decryptPbes2(parse(PBES2Params, algorithmParams), content, password ?? '');
      case ID.tripleDes: {
        const derivation = derivationOf(algorithmParams);
        const initialVector = await derive('vector', derivation, password, 8);
        const key = await derive('key', derivation, password, 24);
        return decrypt({ cipher: 'des-ede3-cbc', initialVector }, key, content);
      }
      case ID.rc2Of40Bits:
        return await decryptRc2(40, derivationOf(algorithmParams), content, password);
      case ID.rc2Of128Bits:
        return await decryptRc2(128, derivationOf(algorithmParams), content, password);
    }
  } catch (error) {
    if (error instanceof PkiError) throw error;
    throw new PkiError('the password of the PKCS#12 file is wrong, or the file is damaged');
  }
  throw new PkiError(`encryption ${algorithmId} of a PKCS#12 file is not supported`);
}

const pbkdf2Async = promisify(pbkdf2);

/** RFC 8018 appendix B.1.2. */
const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const HMAC_WITH_SHA1 = '1.2.840.113549.2.7';

async function decryptPbes2(
  { keyDerivationFunc, encryptionScheme }: PBES2Params,
  content: Uint8Array,
  password: string,
): Promise<Uint8Array> {
  if (keyDerivationFunc.algorithmId !== ID.pbkdf2) {
    throw new PkiError(`key derivation ${keyDerivationFunc.algorithmId} is not supported`);
  }
  const { salt, iterationCount, prf } = parse(PBKDF2Params, keyDerivationFunc.algorithmParams);
  const hmac = HMACS[prf?.algorithmId ?? HMAC_WITH_SHA1];
  if (hmac === undefined) throw new PkiError(`key derivation with ${prf?.algorithmId} is not supported`);
  const use: CipherUse = cipherOf(encryptionScheme);
  const { keyBytes } = cipherFacts(use.cipher);
  const key = await pbkdf2Async(
    password,
    (salt as OctetString).valueBlock.valueHexView,
    checkedIterations(iterationCount),
    keyBytes,
    hmac,
  );
  return decrypt(use, key, content);
}

const MAXIMUM_ITERATIONS = 1_000_000;

/** @throws PkiError for a file that would keep the process busy for more than seconds */
function checkedIterations(iterations: number): number {
  if (iterations >= 1 && iterations <= MAXIMUM_ITERATIONS) return iterations;
  throw new PkiError(`a PKCS#12 file may have 1 to ${MAXIMUM_ITERATIONS} iterations`);
}

/** Of the old algorithms (RFC 7292 appendix B). */
interface Derivation {
  readonly digest: Digest;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

function derivationOf(parameters: AlgorithmIdentifier['algorithmParams']): Derivation {
  const [salt, iterations] = childrenOf(parameters);
  if (!(salt instanceof OctetString) || !(iterations instanceof Integer)) {
    throw new PkiError('the encryption of the PKCS#12 file has no salt or no iterations');
  }
  const { valueDec } = iterations.valueBlock;
  return { digest: 'sha1', salt: salt.valueBlock.valueHexView, iterations: checkedIterations(valueDec) };
}

/** RFC 7292 appendix B.3. */
const PURPOSES = { key: 1, vector: 2, mac: 3 } as const;

const DIGEST_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

// node-forge has what OpenSSL 3 has not, or not by default: this key derivation, and RC2.
const loadForge = async () => (await import('node-forge')).default;
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** @param password null for no password, which differs from an empty one */
async function derive(
  purpose: keyof typeof PURPOSES,
  { digest, salt, iterations }: Derivation,
  password: string | null,
  length: number,
): Promise<Uint8Array> {
  const forge = await loadForge();
  const hash = digest === 'sha384' ? forge.md.sha384 : forge.md[digest];
  const derived = forge.pkcs12.generateKey(
    password,
    forge.util.createBuffer(binary(salt)),
    PURPOSES[purpose],
    iterations,
    length,
    hash.create(),
  );
  return Buffer.from(derived.getBytes(), 'latin1');
}

async function macOf(
  content: Uint8Array,
  derivation: Derivation,
  password: string | null,
): Promise<Uint8Array> {
  const key = await derive('mac', derivation, password, DIGEST_BYTES[derivation.digest]);
  return createHmac(derivation.digest, key).update(content).digest();
}

async function decryptRc2(
  bits: number,
  derivation: Derivation,
  content: Uint8Array,
  password: string | null,
): Promise<Uint8Array> {
  const forge = await loadForge();
  const key = await derive('key', derivation, password, bits / 8);
  const initialVector = await derive('vector', derivation, password, 8);
  const cipher = forge.rc2.createDecryptionCipher(binary(key), bits);
  cipher.start(binary(initialVector));
  cipher.update(forge.util.createBuffer(binary(content)));
  if (!cipher.finish())
    throw new PkiError('the password of the PKCS#12 file is wrong, or the file is damaged');
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}
