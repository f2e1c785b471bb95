import { type KeyObject, X509Certificate } from 'node:crypto';
import { CertificateError, MAKE_KEY_AND_CERTIFICATE } from './certificate-error.ts';
import { notACertificate, notACertificateInDer } from './not-a-certificate.ts';

/** Whom a server token is encrypted to. */
export interface Recipient {
  readonly publicKey: KeyObject;
  /** As they stand in the certificate: clients compare the issuer byte by byte (smallstep/pkcs7 pkcs7.go). */
  readonly issuer: Uint8Array;
  readonly serialNumber: Uint8Array;
}

/**
 * Reads the certificate that an administrator uploads. Its validity is not looked at: nanodep's own certificates
 * end after a day (https://github.com/micromdm/nanodep/blob/main/cmd/deptokens/main.go) while its keys go on decrypting.
 */
export async function readRecipient(given: string | Uint8Array): Promise<Recipient> {
  const certificate = await readCertificate(certificateBytes(given));
  return { publicKey: rsaKeyOf(certificate), ...(await issuerAndSerialNumber(certificate)) };
}

const DER_SEQUENCE = 0x30;
// Newlines are not asked for: `curl -d @certificate.pem` takes them away.
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;
const PEM_BEGIN = /-----BEGIN ([A-Z0-9 ]+)-----/;
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set([
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
]);
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

function certificateBytes(given: string | Uint8Array): Uint8Array {
  if (typeof given !== 'string' && given[0] === DER_SEQUENCE) return given;
  const text = typeof given === 'string' ? given : new TextDecoder().decode(given);
  // The first certificate of a chain is the one whose key the owner holds.
  const block = [...text.matchAll(PEM_BLOCK)].find(([, label]) => CERTIFICATE_LABELS.has(label!));
  if (block !== undefined) return Buffer.from(block[2]!, 'base64');
  const other = PEM_BEGIN.exec(text);
  if (other !== null) throw notACertificate(other[1]!);
  const packed = text.replace(/\s+/g, '');
  if (packed === '') throw new CertificateError('an empty text', MAKE_KEY_AND_CERTIFICATE);
  return BASE64.test(packed) ? Buffer.from(packed, 'base64') : new Uint8Array();
}

async function readCertificate(der: Uint8Array): Promise<X509Certificate> {
  try {
    return new X509Certificate(der);
  } catch {
    throw await notACertificateInDer(der);
  }
}

function rsaKeyOf(certificate: X509Certificate): KeyObject {
  const key = publicKeyOf(certificate);
  // A key marked RSA-PSS signs only. No least size: none is documented for the portal.
  if (key?.asymmetricKeyType === 'rsa') return key;
  const type = key?.asymmetricKeyType?.toUpperCase() ?? 'unknown';
  throw new CertificateError(`a certificate whose key is of type ${type}, not RSA`, MAKE_KEY_AND_CERTIFICATE);
}

function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

/** The fields of TBSCertificate in their order (RFC 5280 section 4.1): `[0] version` is missing in version 1. */
async function issuerAndSerialNumber(
  certificate: X509Certificate,
): Promise<Pick<Recipient, 'issuer' | 'serialNumber'>> {
  const { fromBER, Sequence } = await import('asn1js');
  const [signed] = elementsOf(fromBER(certificate.raw).result);
  const fields = elementsOf(signed);
  const [serialNumber, , issuer] = fields[0]?.idBlock.tagClass === 3 ? fields.slice(1) : fields;
  if (serialNumber === undefined || issuer === undefined) {
    throw new CertificateError('a certificate without issuer or serial number', MAKE_KEY_AND_CERTIFICATE);
  }
  return { issuer: issuer.valueBeforeDecodeView, serialNumber: serialNumber.valueBeforeDecodeView };

  function elementsOf(element: unknown): InstanceType<typeof Sequence>['valueBlock']['value'] {
    return element instanceof Sequence ? element.valueBlock.value : [];
  }
}
