import { verify, X509Certificate } from 'node:crypto';
import { pemBlocks } from './pem-blocks.ts';
import { PushRequestError } from './push-request-error.ts';
import { readSigningRequest, type SigningRequest } from './signing-request.ts';

const MEMBERS = ['PushCertRequestCSR', 'PushCertSignature', 'PushCertCertificateChain'] as const;

/** https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers */
const FORM =
  'the vendor signs the customer’s request: a property list with PushCertRequestCSR, PushCertSignature and PushCertCertificateChain, in base64';

const MOST_CERTIFICATES = 10;

/**
 * The request that an MDM vendor makes of a customer's CSR, and that the customer uploads to the push certificate
 * portal: the CSR holds, the vendor signed it, and the vendor's certificates lead up to a root. Which root, nobody
 * but Apple can ask.
 *
 * @throws PushRequestError
 */
export function readVendorRequest(given: Uint8Array): SigningRequest {
  const members = readMembers(propertyList(given));
  const request = readCustomerRequest(Buffer.from(members.PushCertRequestCSR, 'base64'));
  const chain = readChain(members.PushCertCertificateChain);
  const signature = Buffer.from(members.PushCertSignature, 'base64');
  if (!isSignedBy(chain[0]!, request.der, signature)) {
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

/** A property list of texts alone needs no more of XML than this. */
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
  if (blocks.length > MOST_CERTIFICATES) {
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

function isSignedBy(vendor: X509Certificate, content: Uint8Array, signature: Uint8Array): boolean {
  try {
    const { publicKey } = vendor;
    return publicKey.asymmetricKeyType === 'rsa' && verify('sha256', content, publicKey, signature);
  } catch {
    return false;
  }
}
