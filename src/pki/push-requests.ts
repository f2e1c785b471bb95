import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { pemBlocks } from './asn1.ts';
import { type CertificateRequest, readCertificateRequest } from './certificate-requests.ts';

/** A request for a push certificate that Apple's portal would not accept. */
export class PushRequestError extends Error {
  override readonly name = 'PushRequestError';
  /** What to do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const MAKE_SIGNING_REQUEST =
  'make one with: openssl req -new -newkey rsa:2048 -nodes -keyout push-key.pem -out push.csr -subj /CN=push';

const MINIMUM_BITS = 2048;

/** A valid certificate signing request (RFC 2986). */
export interface SigningRequest {
  readonly der: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

/** @throws PushRequestError */
export function readSigningRequest(given: Uint8Array): SigningRequest {
  const der = requestBytes(given);
  let request: CertificateRequest;
  try {
    request = readCertificateRequest(der);
  } catch {
    throw new PushRequestError('this is no certificate signing request', MAKE_SIGNING_REQUEST);
  }
  checkKey(request.key);
  if (!request.signed) {
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
  if (asymmetricKeyType === 'rsa' && bits >= MINIMUM_BITS) return;
  const what =
    asymmetricKeyType === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${asymmetricKeyType}`;
  throw new PushRequestError(
    `the certificate signing request has ${what}; push certificates are issued to RSA keys of ${MINIMUM_BITS} bits or more`,
    MAKE_SIGNING_REQUEST,
  );
}

const MEMBERS = ['PushCertRequestCSR', 'PushCertSignature', 'PushCertCertificateChain'] as const;

/** https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers */
const FORM =
  'the vendor signs the customer’s request: a property list with PushCertRequestCSR, PushCertSignature and PushCertCertificateChain, in base64';

const MAXIMUM_CERTIFICATES = 10;

/**
 * Reads the request that an MDM vendor makes from a customer's CSR and that the customer uploads to the push
 * certificate portal. Checks the CSR, the vendor's signature, and that the vendor's certificates lead up to a root.
 * Only Apple can check which root.
 *
 * @throws PushRequestError
 */
export function readVendorRequest(given: Uint8Array): SigningRequest {
  const members = readMembers(propertyList(given));
  const request = readCustomerRequest(Buffer.from(members.PushCertRequestCSR, 'base64'));
  const chain = readChain(members.PushCertCertificateChain);
  const signature = Buffer.from(members.PushCertSignature, 'base64');
  if (!isSignedByVendor(chain[0]!, request.der, signature)) {
    throw new PushRequestError(
      'PushCertSignature is not the signature of the first certificate of the chain over the request',
      'it is SHA256withRSA over the DER of the CSR, by the key of the vendor certificate, in base64',
    );
  }
  return request;
}

function readCustomerRequest(given: Uint8Array): SigningRequest {
  try {
    return readSigningRequest(given);
  } catch (error) {
    if (!(error instanceof PushRequestError)) throw error;
    throw new PushRequestError(`PushCertRequestCSR: ${error.message}`, error.hint);
  }
}

export function isVendorRequest(given: Uint8Array): boolean {
  return propertyListIn(given) !== undefined;
}

function propertyListIn(given: Uint8Array): string | undefined {
  const text = Buffer.from(given).toString('utf8');
  if (/<plist[\s>]/.test(text)) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /<plist[\s>]/.test(decoded) ? decoded : undefined;
}

function propertyList(given: Uint8Array): string {
  const text = propertyListIn(given);
  if (text === undefined) throw new PushRequestError('this is no push certificate request', FORM);
  return text;
}

const MEMBER = /<key>([^<]*)<\/key>\s*<(string|data)>([^<]*)<\/\2>/g;
const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The property list holds strings only, so it needs no XML parser. */
function readMembers(text: string): Record<(typeof MEMBERS)[number], string> {
  const found = new Map([...text.matchAll(MEMBER)].map(([, name, , value]) => [name!, unescaped(value!)]));
  const missing = MEMBERS.filter((name) => !found.get(name)?.trim());
  if (missing.length > 0) {
    throw new PushRequestError(`the push certificate request has no ${missing.join(' and no ')}`, FORM);
  }
  return Object.fromEntries(found) as Record<(typeof MEMBERS)[number], string>;
}

function unescaped(text: string): string {
  return text.replace(ENTITY, (_entity, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()]!;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** From the vendor's certificate up to a root, each signed by the next. */
function readChain(text: string): readonly X509Certificate[] {
  const blocks = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
  const hint = 'PushCertCertificateChain holds the vendor certificate, the intermediate and the root, in PEM';
  if (blocks.length === 0) throw new PushRequestError('the certificate chain is empty', hint);
  if (blocks.length > MAXIMUM_CERTIFICATES) {
    throw new PushRequestError(`the certificate chain has ${blocks.length} certificates`, hint);
  }
  let chain: readonly X509Certificate[];
  try {
    chain = blocks.map(({ der }) => new X509Certificate(der));
    for (const [index, certificate] of chain.entries()) {
      const issuer = chain[index + 1] ?? certificate;
      if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) {
        throw new PushRequestError(
          index + 1 < chain.length
            ? `certificate ${index + 1} of the chain is not signed by the next`
            : 'the last certificate of the chain is no root',
          hint,
        );
      }
    }
  } catch (error) {
    if (error instanceof PushRequestError) throw error;
    throw new PushRequestError('a certificate of the chain cannot be read', hint);
  }
  return chain;
}

function isSignedByVendor(vendor: X509Certificate, content: Uint8Array, signature: Uint8Array): boolean {
  try {
    const { publicKey } = vendor;
    return publicKey.asymmetricKeyType === 'rsa' && verify('sha256', content, publicKey, signature);
  } catch {
    return false;
  }
}
