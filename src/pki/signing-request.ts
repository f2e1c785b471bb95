import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { bitsOf, elementsOf, objectIdentifierOf, readElement } from './asn1-reader.ts';
import { pemBlocks } from './pem-blocks.ts';
import { PushRequestError } from './push-request-error.ts';

export const MAKE_SIGNING_REQUEST =
  'make one with: openssl req -new -newkey rsa:2048 -nodes -keyout push-key.pem -out push.csr -subj /CN=push';

const LEAST_BITS = 2048;

/** Digest by signature algorithm: RFC 8017 appendix A.2.4 and RFC 5758 section 3.2. */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

/** A certificate signing request (RFC 2986) that holds. */
export interface SigningRequest {
  readonly der: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/** @throws PushRequestError */
export function readSigningRequest(given: Uint8Array): SigningRequest {
  const der = requestBytes(given);
  let request: { signed: Uint8Array; publicKey: Uint8Array; algorithm: string; signature: Uint8Array };
  let key: KeyObject;
  try {
    const [signed, algorithm, signature] = elementsOf(readElement(der));
    const publicKey = elementsOf(signed)[2]!.whole;
    request = {
      signed: signed!.whole,
      publicKey,
      algorithm: objectIdentifierOf(elementsOf(algorithm)[0]),
      signature: bitsOf(signature),
    };
    key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  } catch {
    throw new PushRequestError('this is no certificate signing request', MAKE_SIGNING_REQUEST);
  }
  checkKey(key);
  const digest = DIGESTS[request.algorithm];
  if (digest === undefined || !verify(digest, request.signed, key, request.signature)) {
    throw new PushRequestError(
      'the certificate signing request is not signed by its own key',
      'it was altered, or signed with another key; make it anew',
    );
  }
  return { der, publicKey: request.publicKey };
}

function requestBytes(given: Uint8Array): Uint8Array {
  const text = Buffer.from(given).toString('latin1');
  const blocks = pemBlocks(text);
  const block = blocks.find(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  if (block !== undefined) return block.der;
  const [other] = blocks;
  if (other === undefined) return given;
  throw new PushRequestError(
    `this is a PEM file with ${other.label}, not with CERTIFICATE REQUEST`,
    MAKE_SIGNING_REQUEST,
  );
}

/** https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers */
function checkKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): void {
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (asymmetricKeyType === 'rsa' && bits >= LEAST_BITS) return;
  const what =
    asymmetricKeyType === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${asymmetricKeyType}`;
  throw new PushRequestError(
    `the certificate signing request has ${what}; push certificates are issued to RSA keys of ${LEAST_BITS} bits or more`,
    MAKE_SIGNING_REQUEST,
  );
}
