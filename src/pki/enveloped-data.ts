import { constants, createCipheriv, publicEncrypt } from 'node:crypto';
import { ofDefiniteLength, ofIndefiniteLength, Tag } from './asn1-writer.ts';
import type { Recipient } from './recipient.ts';

export type ContentCipher = 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';

export interface EnvelopeForm {
  readonly cipher: ContentCipher;
  /** `ber`: of indefinite length down to the encrypted content; `der`: of definite length throughout. */
  readonly encoding: 'ber' | 'der';
}

/** A source of secrets: not one that comes from a seed. */
export type RandomBytes = (count: number) => Uint8Array;

const CIPHERS: Readonly<
  Record<ContentCipher, { identifier: Uint8Array; keyBytes: number; blockBytes: number }>
> = {
  'aes-128-cbc': { identifier: bytes('0609608648016503040102'), keyBytes: 16, blockBytes: 16 },
  'aes-256-cbc': { identifier: bytes('060960864801650304012a'), keyBytes: 32, blockBytes: 16 },
  'des-ede3-cbc': { identifier: bytes('06082a864886f70d0307'), keyBytes: 24, blockBytes: 8 },
};

const VERSION_0 = bytes('020100');
const NULL = bytes('0500');
const ENVELOPED_DATA = bytes('06092a864886f70d010703');
const DATA = bytes('06092a864886f70d010701');
const RSA_ENCRYPTION = bytes('06092a864886f70d010101');

/** ContentInfo with EnvelopedData (RFC 5652 section 6.1) for one recipient. */
export function envelop(
  content: Uint8Array,
  recipient: Recipient,
  form: EnvelopeForm,
  randomBytes: RandomBytes,
): Uint8Array {
  const { identifier, keyBytes, blockBytes } = CIPHERS[form.cipher];
  const contentKey = randomBytes(keyBytes);
  const initialVector = randomBytes(blockBytes);
  const cipher = createCipheriv(form.cipher, contentKey, initialVector);
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);

  const inDer = form.encoding === 'der';
  const element = inDer ? ofDefiniteLength : ofIndefiniteLength;
  return element(
    Tag.sequence,
    ENVELOPED_DATA,
    element(
      Tag.context0,
      element(
        Tag.sequence,
        VERSION_0,
        ofDefiniteLength(Tag.set, keyTransport(contentKey, recipient)),
        element(
          Tag.sequence,
          DATA,
          ofDefiniteLength(Tag.sequence, identifier, ofDefiniteLength(Tag.octetString, initialVector)),
          inDer
            ? ofDefiniteLength(Tag.contextPrimitive0, encrypted)
            : ofIndefiniteLength(Tag.context0, ofDefiniteLength(Tag.octetString, encrypted)),
        ),
      ),
    ),
  );
}

/** KeyTransRecipientInfo (RFC 5652 section 6.2.1). */
function keyTransport(contentKey: Uint8Array, recipient: Recipient): Uint8Array {
  // PKCS#1 v1.5: `openssl smime -decrypt`, which zentral runs (zentral/contrib/mdm/crypto.py), cannot read OAEP.
  const encryptedKey = publicEncrypt(
    { key: recipient.publicKey, padding: constants.RSA_PKCS1_PADDING },
    contentKey,
  );
  return ofDefiniteLength(
    Tag.sequence,
    VERSION_0,
    ofDefiniteLength(Tag.sequence, recipient.issuer, recipient.serialNumber),
    ofDefiniteLength(Tag.sequence, RSA_ENCRYPTION, NULL),
    ofDefiniteLength(Tag.octetString, encryptedKey),
  );
}

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}
