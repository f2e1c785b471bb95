import { X509Certificate } from 'node:crypto';
import type { ClientCertificate } from '../core/client-certificate.ts';
import type { PushEnvironment } from '../core/push-environment.ts';
import { type Asn1Element, elementsOf, objectIdentifierOf, readElement, textOf } from './asn1-reader.ts';
import type { Authority } from './authority.ts';
import { OID } from './oids.ts';

/** What the certificate of a TLS client says; undefined where it cannot be read. */
export function readClientCertificate(
  der: Uint8Array,
  authority: Authority | undefined,
): ClientCertificate | undefined {
  try {
    return read(new X509Certificate(der), authority);
  } catch {
    return undefined;
  }
}

function read(certificate: X509Certificate, authority: Authority | undefined): ClientCertificate {
  const extensions = extensionsOf(certificate.raw);
  const defaultTopic = attribute(certificate.subject, 'UID');
  const listed = [OID.applePushVoipTopics, OID.applePushTopics].flatMap((oid) =>
    topicList(extensions.get(oid)),
  );
  const own = defaultTopic === undefined ? [] : [defaultTopic];
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    serialNumber: certificate.serialNumber.toLowerCase(),
    commonName: attribute(certificate.subject, 'CN'),
    issuer: attribute(certificate.issuer, 'CN'),
    issuedHere:
      authority !== undefined &&
      certificate.checkIssued(authority.certificate) &&
      certificate.verify(authority.certificate.publicKey),
    defaultTopic,
    topics: [...new Set([...own, ...listed])],
    environments: ENVIRONMENTS.filter(([oid]) => extensions.has(oid)).map(([, environment]) => environment),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  };
}

const ENVIRONMENTS: readonly (readonly [oid: string, environment: PushEnvironment])[] = [
  [OID.applePushProduction, 'production'],
  [OID.applePushDevelopment, 'sandbox'],
];

/** Node prints one attribute a line. */
function attribute(name: string, type: string): string | undefined {
  const line = name.split('\n').find((candidate) => candidate.startsWith(`${type}=`));
  return line?.slice(type.length + 1);
}

/** Content of each extension by its identifier (RFC 5280 section 4.1). */
function extensionsOf(der: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const [signed] = elementsOf(readElement(der));
  const wrapper = elementsOf(signed).find(({ tag }) => tag === 0xa3);
  if (wrapper === undefined) return new Map();
  const [list] = elementsOf(wrapper);
  return new Map(
    elementsOf(list).map((extension) => {
      const parts = elementsOf(extension);
      return [objectIdentifierOf(parts[0]), parts.at(-1)!.content] as const;
    }),
  );
}

/**
 * Pairs of a topic and a sequence of what it is for. Apple documents no form; the one seen in certificates is a
 * sequence in which both alternate. What cannot be read allows nothing.
 */
function topicList(value: Uint8Array | undefined): readonly string[] {
  if (value === undefined) return [];
  let elements: readonly Asn1Element[];
  try {
    elements = elementsOf(readElement(value));
  } catch {
    return [];
  }
  return elements.map(textOf).filter((topic) => topic !== undefined);
}
