import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  context,
  contextPrimitive,
  integer,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  set,
  TRUE,
  time,
  utf8String,
} from './der.ts';
import { OID } from './oids.ts';

/** One attribute after the other, as in a distinguished name. */
export type Name = readonly (readonly [attribute: string, value: string])[];

/** Milliseconds since the epoch. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface Extension {
  readonly identifier: string;
  readonly critical?: boolean;
  /** DER. */
  readonly value: Uint8Array;
}

export interface CertificateForm {
  readonly subject: Name;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly validity: Validity;
  readonly extensions: readonly Extension[];
}

/** Who signs: with the name and the key of a certificate. */
export interface Issuer {
  /** DER. */
  readonly name: Uint8Array;
  /** P-256. */
  readonly key: KeyObject;
  readonly keyIdentifier: Uint8Array;
}

const SIGNATURE_ALGORITHM = sequence(objectIdentifier(OID.ecdsaWithSha256));
const SERIAL_NUMBER_BYTES = 16;

/** A certificate of version 3 (RFC 5280 section 4.1) in DER. */
export function writeCertificate(form: CertificateForm, issuer: Issuer): Uint8Array {
  const identifiers: readonly Extension[] = [
    {
      identifier: OID.subjectKeyIdentifier,
      value: octetString(keyIdentifier(form.publicKey)),
    },
    {
      identifier: OID.authorityKeyIdentifier,
      value: sequence(contextPrimitive(0, issuer.keyIdentifier)),
    },
  ];
  const signed = sequence(
    context(0, integer(2)),
    integer(serialNumber()),
    SIGNATURE_ALGORITHM,
    issuer.name,
    sequence(time(form.validity.notBefore), time(form.validity.notAfter)),
    writeName(form.subject),
    form.publicKey,
    context(3, sequence(...[...identifiers, ...form.extensions].map(writeExtension))),
  );
  return sequence(signed, SIGNATURE_ALGORITHM, bitString(sign('sha256', signed, issuer.key)));
}

/** Not negative, and the first byte not zero, so that all are of one length. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(SERIAL_NUMBER_BYTES);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes;
}

export function writeName(name: Name): Uint8Array {
  return sequence(
    ...name.map(([attribute, value]) => {
      const text = attribute === OID.countryName ? printableString(value) : utf8String(value);
      return set(sequence(objectIdentifier(attribute), text));
    }),
  );
}

function writeExtension({ identifier, critical = false, value }: Extension): Uint8Array {
  return sequence(objectIdentifier(identifier), ...(critical ? [TRUE] : []), octetString(value));
}

export function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return createHash('sha1').update(publicKey).digest();
}

export function extendedKeyUsage(...purposes: readonly string[]): Extension {
  return { identifier: OID.extendedKeyUsage, value: sequence(...purposes.map(objectIdentifier)) };
}

export const DIGITAL_SIGNATURE: Extension = {
  identifier: OID.keyUsage,
  critical: true,
  value: Uint8Array.of(0x03, 0x02, 0x07, 0x80),
};

export const NOT_AN_AUTHORITY: Extension = {
  identifier: OID.basicConstraints,
  critical: true,
  value: sequence(),
};

export function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' });
}

export function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
