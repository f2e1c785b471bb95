import { generateKeyPair, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { Null, type Sequence, Utf8String } from 'asn1js';
import type { ClientCertificate } from '../core/client-certificate.ts';
import type { PushEnvironment } from '../core/push-environment.ts';
import { childrenOf, parseAsn1, pem, sequence, textOf } from './asn1.ts';
import type { Authority } from './authority.ts';
import {
  DIGITAL_SIGNATURE,
  extendedKeyUsage,
  extension,
  extensionsOf,
  type Name,
  NOT_AN_AUTHORITY,
  OID,
  publicKeyInfo,
  type Validity,
  writeCertificate,
} from './certificates.ts';

const generate = promisify(generateKeyPair);

/** A new key in the forms in which the CLI and the control API return it. */
export interface KeyPair {
  /** PKCS#8 in PEM. */
  readonly privateKeyPem: string;
  /** PKCS#8 in DER. */
  readonly privateKey: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

/** For push certificates: https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers */
export async function generateRsaKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
    publicKey: publicKeyInfo(publicKey),
  };
}

export interface PushKeyPair {
  /** The `.p8` file that can be downloaded once from Apple's developer portal. */
  readonly p8: string;
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
}

/** For provider tokens: https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns */
export async function generatePushKey(): Promise<PushKeyPair> {
  const { privateKey, publicKey } = await generate('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  return {
    p8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: { kty: 'EC', crv: 'P-256', x: x!, y: y! },
  };
}

export interface PushCertificateForm {
  readonly topic: string;
  /** Topics beside that of the subject, as certificates of apps have them. */
  readonly moreTopics?: readonly string[];
  /** `both` for a universal certificate, as apps have them. */
  readonly environment: PushEnvironment | 'both';
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly validity: Validity;
}

/** A certificate like one that the push certificate portal issues for a topic, in PEM. */
export function issuePushCertificate(authority: Authority, form: PushCertificateForm): string {
  const { topic, moreTopics = [], environment, publicKey, validity } = form;
  const pushExtensions: readonly Sequence[] = [
    ...(environment === 'sandbox' ? [] : [extension(OID.applePushProduction, new Null())]),
    ...(environment === 'production' ? [] : [extension(OID.applePushDevelopment, new Null())]),
    ...(moreTopics.length === 0 ? [] : [topicsExtension([topic, ...moreTopics])]),
  ];
  const certificate = writeCertificate(
    {
      subject: subjectFor(topic),
      publicKey,
      validity,
      extensions: [
        NOT_AN_AUTHORITY,
        DIGITAL_SIGNATURE,
        extendedKeyUsage(OID.clientAuthentication),
        ...pushExtensions,
      ],
    },
    authority,
  );
  return pem('CERTIFICATE', certificate);
}

const MDM_TOPIC = /^com\.apple\.mgmt\.[^.]+\.(.+)$/;

/** `UID=com.apple.mgmt.External.…, CN=APSP:…, C=US`: https://github.com/micromdm/micromdm/wiki/Push-Certificates */
function subjectFor(topic: string): Name {
  const uuid = MDM_TOPIC.exec(topic)?.[1];
  return [
    [OID.userId, topic],
    [OID.commonName, uuid === undefined ? `Apple Push Services: ${topic}` : `APSP:${uuid}`],
    [OID.countryName, 'US'],
  ];
}

/** Each topic with its purpose. Apple documents no form: this is the one in certificates of apps. */
function topicsExtension(topics: readonly string[]): Sequence {
  const value = topics.flatMap((topic) => [
    new Utf8String({ value: topic }),
    sequence(new Utf8String({ value: 'app' })),
  ]);
  return extension(OID.applePushTopics, sequence(...value));
}

/** Reads the certificate of a TLS client; returns undefined if it cannot be read. */
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
  const extensions = extensionsOf(certificate);
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

/** Node.js prints one attribute per line. */
function attribute(name: string, type: string): string | undefined {
  const line = name.split('\n').find((candidate) => candidate.startsWith(`${type}=`));
  return line?.slice(type.length + 1);
}

/**
 * Apple documents no form; in certificates of apps, topics alternate with sequences of their purposes. An extension
 * that cannot be read lists no topics.
 */
function topicList(value: Uint8Array | undefined): readonly string[] {
  if (value === undefined) return [];
  try {
    return childrenOf(parseAsn1(value))
      .map(textOf)
      .filter((topic) => topic !== undefined);
  } catch {
    return [];
  }
}
