import {
  constants,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes as systemRandomBytes,
  type X509Certificate,
} from 'node:crypto';
import { OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  EncryptedContentInfo,
  EnvelopedData,
  IssuerAndSerialNumber,
  KeyTransRecipientInfo,
  RecipientInfo,
} from 'pkijs';
import {
  type ContentCipher,
  cipherAlgorithm,
  cipherFacts,
  cipherOf,
  decrypt,
  encrypt,
  type RandomBytes,
  RSA_ENCRYPTION,
  rsaEncryption,
} from './algorithms.ts';
import { encode, PkiError, parse } from './asn1.ts';
import { publicKeyOf } from './certificates.ts';

// CMS EnvelopedData (RFC 5652 section 6) with RSA key transport.

/** The certificate for which a message is encrypted. */
export interface Recipient {
  readonly publicKey: KeyObject;
  /** With the bytes of the certificate: clients compare the issuer byte by byte (smallstep/pkcs7 pkcs7.go). */
  readonly identifier: IssuerAndSerialNumber;
}

/** How CMS names a certificate: issuer and serial number with the bytes of the certificate. @throws PkiError */
export function issuerAndSerialNumber({ raw }: X509Certificate): IssuerAndSerialNumber {
  const { issuer, serialNumber } = parse(Certificate, raw);
  return new IssuerAndSerialNumber({ issuer, serialNumber });
}

/** @throws PkiError */
export const recipientOf = (certificate: X509Certificate): Recipient => ({
  publicKey: publicKeyOf(certificate),
  identifier: issuerAndSerialNumber(certificate),
});

export interface EnvelopeForm {
  readonly cipher: ContentCipher;
  /** `ber`: with indefinite lengths from the outermost element to the encrypted content; `der`: with definite lengths. */
  readonly encoding: 'ber' | 'der';
}

/** Encrypts `content` for the recipient; returns a ContentInfo. */
export function encryptFor(
  recipient: Recipient,
  content: Uint8Array,
  { cipher, encoding }: EnvelopeForm,
  randomBytes: RandomBytes = systemRandomBytes,
): Uint8Array {
  const { keyBytes, blockBytes } = cipherFacts(cipher);
  const contentKey = randomBytes(keyBytes);
  const initialVector = randomBytes(blockBytes);
  const encrypted = new OctetString({ valueHex: encrypt({ cipher, initialVector }, contentKey, content) });
  const message = new EnvelopedData({
    recipientInfos: [new RecipientInfo({ variant: 1, value: keyTransport(recipient, contentKey) })],
    encryptedContentInfo: new EncryptedContentInfo({
      contentType: ContentInfo.DATA,
      contentEncryptionAlgorithm: parse(AlgorithmIdentifier, cipherAlgorithm({ cipher, initialVector })),
      // pkijs gives the elements around constructed content indefinite lengths.
      encryptedContent: encoding === 'der' ? encrypted : new OctetString({ value: [encrypted] }),
      disableSplit: true,
    }),
  });
  return encode(new ContentInfo({ contentType: ContentInfo.ENVELOPED_DATA, content: message.toSchema() }));
}

function keyTransport(recipient: Recipient, contentKey: Uint8Array): KeyTransRecipientInfo {
  // PKCS#1 v1.5: `openssl smime -decrypt`, which zentral runs (zentral/contrib/mdm/crypto.py), cannot read OAEP.
  const encryptedKey = publicEncrypt(
    { key: recipient.publicKey, padding: constants.RSA_PKCS1_PADDING },
    contentKey,
  );
  return new KeyTransRecipientInfo({
    rid: recipient.identifier,
    keyEncryptionAlgorithm: parse(AlgorithmIdentifier, rsaEncryption()),
    encryptedKey: new OctetString({ valueHex: encryptedKey }),
  });
}

/**
 * Decrypts a ContentInfo with EnvelopedData: AES, triple DES or single DES in CBC mode, the content key in PKCS#1 v1.5.
 * @param certificate selects the recipient; without it, all recipients are tried
 * @throws PkiError
 */
export function decryptEnvelopedData(
  message: Uint8Array,
  key: KeyObject,
  certificate?: X509Certificate,
): Uint8Array {
  const { recipientInfos, encryptedContentInfo } = readEnvelopedData(message);
  const { encryptedContent } = encryptedContentInfo;
  if (encryptedContent === undefined) throw new PkiError('the message has no encrypted content');
  const use = cipherOf(encryptedContentInfo.contentEncryptionAlgorithm);
  const { keyBytes } = cipherFacts(use.cipher);
  const content = new Uint8Array(encryptedContentInfo.getEncryptedContent());
  for (const recipient of recipientInfos.map(({ value }) => value)) {
    if (!(recipient instanceof KeyTransRecipientInfo)) continue;
    if (certificate !== undefined && !isFor(recipient, certificate)) continue;
    if (recipient.keyEncryptionAlgorithm.algorithmId !== RSA_ENCRYPTION) {
      throw new PkiError(
        `key encryption algorithm ${recipient.keyEncryptionAlgorithm.algorithmId} is not supported`,
      );
    }
    const contentKey = decryptContentKey(recipient.encryptedKey.valueBlock.valueHexView, key);
    if (contentKey?.length !== keyBytes) continue;
    try {
      return decrypt(use, contentKey, content);
    } catch {
      // The wrong key.
    }
  }
  throw new PkiError('the message is not encrypted for this key');
}

function readEnvelopedData(message: Uint8Array): EnvelopedData {
  const { contentType, content } = parse(ContentInfo, message);
  if (contentType !== ContentInfo.ENVELOPED_DATA) throw new PkiError('this is not CMS EnvelopedData');
  return parse(EnvelopedData, content);
}

function isFor({ rid }: KeyTransRecipientInfo, certificate: X509Certificate): boolean {
  // A recipient that is named by its subject key identifier is tried.
  if (!(rid instanceof IssuerAndSerialNumber)) return true;
  return Buffer.from(encode(issuerAndSerialNumber(certificate))).equals(encode(rid));
}

const MINIMUM_PADDING = 8;

/**
 * Removes the PKCS#1 v1.5 padding (RFC 8017 section 7.2.2): Node.js 20 rejects `RSA_PKCS1_PADDING` in `privateDecrypt`
 * (CVE-2023-46809). Timing reveals whether the padding is valid, which is acceptable for keys of simulated devices.
 */
function decryptContentKey(encryptedKey: Uint8Array, key: KeyObject): Uint8Array | undefined {
  let block: Buffer;
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encryptedKey);
  } catch {
    return undefined;
  }
  const end = block.indexOf(0, 2);
  const valid = block[0] === 0 && block[1] === 2 && end >= 2 + MINIMUM_PADDING;
  return valid ? block.subarray(end + 1) : undefined;
}
