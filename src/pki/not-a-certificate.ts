import type { AsnType } from 'asn1js';
import { CertificateError, MAKE_KEY_AND_CERTIFICATE } from './certificate-error.ts';

type Kind = Pick<CertificateError, 'given' | 'command'>;

const CERTIFICATE_OF_KEY =
  'openssl req -x509 -new -key rsa-private-key.pem -out certificate.pem -days 365 -subj /CN=mdm';
const CERTIFICATE_OF_REQUEST =
  'openssl x509 -req -in request.csr -signkey rsa-private-key.pem -out certificate.pem -days 365';

const PUBLIC_KEY = { given: 'a bare public key', command: CERTIFICATE_OF_KEY };
const PRIVATE_KEY = { given: 'a private key', command: CERTIFICATE_OF_KEY };
const REQUEST = { given: 'a certificate signing request (CSR)', command: CERTIFICATE_OF_REQUEST };
const DAMAGED = { given: 'a damaged certificate, or a part of one', command: MAKE_KEY_AND_CERTIFICATE };
const UNKNOWN = { given: 'nothing that can be read as a certificate', command: MAKE_KEY_AND_CERTIFICATE };
const BUNDLE = 'a PKCS#7 bundle of certificates (.p7b)';

/** By the label of the PEM block; the first that fits counts. */
const PEM_KINDS: readonly (readonly [label: RegExp, kind: Kind])[] = [
  [/CERTIFICATE REQUEST$/, REQUEST],
  [/CERTIFICATE$/, DAMAGED],
  [/PRIVATE KEY$/, PRIVATE_KEY],
  [/PUBLIC KEY$/, PUBLIC_KEY],
  [
    /^(PKCS7|CMS)$/,
    { given: BUNDLE, command: 'openssl pkcs7 -in bundle.p7b -print_certs -out certificate.pem' },
  ],
];

/**
 * By the outermost ASN.1 elements, written as `outline` does. Sources: RFC 5280 (certificate, public key), RFC 8017
 * (RSA keys), RFC 5208 (PKCS#8), RFC 5915 (EC key), RFC 2986 (request), RFC 7292 (PKCS#12), RFC 5652 (PKCS#7).
 */
const DER_KINDS: readonly (readonly [outline: RegExp, kind: Kind])[] = [
  [/^\(\(integer sequence sequence( context)?\) sequence bits\)$/, REQUEST],
  [/^\(\((context )?integer sequence sequence sequence sequence sequence.*\) sequence bits\)$/, DAMAGED],
  [/^\(\(oid.*\) bits\)$/, PUBLIC_KEY],
  [/^\(integer integer\)$/, PUBLIC_KEY],
  [/^\(integer( integer){8}\)$/, PRIVATE_KEY],
  [/^\(integer sequence octets.*\)$/, PRIVATE_KEY],
  [/^\(integer octets.*\)$/, PRIVATE_KEY],
  [/^\(\(oid sequence\) octets\)$/, PRIVATE_KEY],
  [
    /^\(oid context\)$/,
    { given: BUNDLE, command: 'openssl pkcs7 -inform DER -in bundle.p7b -print_certs -out certificate.pem' },
  ],
  [
    /^\(integer sequence( sequence)?\)$/,
    {
      given: 'a PKCS#12 file (.p12, .pfx), which also holds a private key',
      command: 'openssl pkcs12 -in file.p12 -clcerts -nokeys -out certificate.pem',
    },
  ],
];

export function notACertificate(label: string): CertificateError {
  const kind = PEM_KINDS.find(([pattern]) => pattern.test(label))?.[1];
  return refusal(kind ?? { given: `a PEM file with ${label}`, command: MAKE_KEY_AND_CERTIFICATE });
}

export async function notACertificateInDer(der: Uint8Array): Promise<CertificateError> {
  const { fromBER } = await import('asn1js');
  const parsed = fromBER(der);
  const shape = parsed.offset === -1 ? '' : outline(parsed.result, 2);
  const kind = DER_KINDS.find(([pattern]) => pattern.test(shape))?.[1];
  return refusal(kind ?? UNKNOWN);
}

function refusal(kind: Kind): CertificateError {
  return new CertificateError(kind.given, kind.command);
}

const UNIVERSAL_NAMES: Readonly<Record<number, string>> = {
  2: 'integer',
  3: 'bits',
  4: 'octets',
  6: 'oid',
  16: 'sequence',
};

/** `((integer sequence) bits)`: the first element is opened `depth` times, the others are named only. */
function outline(element: AsnType, depth: number): string {
  const { tagClass, tagNumber } = element.idBlock;
  if (tagClass === 3) return 'context';
  const name = UNIVERSAL_NAMES[tagNumber] ?? 'other';
  if (name !== 'sequence' || depth === 0) return name;
  const children = childrenOf(element).map((child, index) => outline(child, index === 0 ? depth - 1 : 0));
  return `(${children.join(' ')})`;
}

function childrenOf(element: AsnType): readonly AsnType[] {
  const value: unknown = 'value' in element.valueBlock ? element.valueBlock.value : undefined;
  return Array.isArray(value) ? value : [];
}
