import type { PushEnvironment } from '../core/push-environment.ts';
import type { Authority } from './authority.ts';
import { NULL, sequence, utf8String } from './der.ts';
import { OID } from './oids.ts';
import {
  DIGITAL_SIGNATURE,
  type Extension,
  extendedKeyUsage,
  type Name,
  NOT_AN_AUTHORITY,
  pem,
  type Validity,
  writeCertificate,
} from './write-certificate.ts';

export interface PushCertificateForm {
  readonly topic: string;
  /** Topics beside that of the subject, as certificates of apps have them. */
  readonly moreTopics?: readonly string[];
  /** `both` for one that serves either, as the universal ones of apps do. */
  readonly environment: PushEnvironment | 'both';
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly validity: Validity;
}

/** As the push certificate portal issues it for a topic; in PEM. */
export function issuePushCertificate(authority: Authority, form: PushCertificateForm): string {
  const { topic, moreTopics = [], environment, publicKey, validity } = form;
  const marks: readonly Extension[] = [
    ...(environment === 'sandbox' ? [] : [{ identifier: OID.applePushProduction, value: NULL }]),
    ...(environment === 'production' ? [] : [{ identifier: OID.applePushDevelopment, value: NULL }]),
    ...(moreTopics.length === 0 ? [] : [topicsExtension([topic, ...moreTopics])]),
  ];
  const certificate = writeCertificate(
    {
      subject: subjectOf(topic),
      publicKey,
      validity,
      extensions: [NOT_AN_AUTHORITY, DIGITAL_SIGNATURE, extendedKeyUsage(OID.clientAuthentication), ...marks],
    },
    authority,
  );
  return pem('CERTIFICATE', certificate);
}

const MDM_TOPIC = /^com\.apple\.mgmt\.[^.]+\.(.+)$/;

/** `UID=com.apple.mgmt.External.…, CN=APSP:…, C=US`: https://github.com/micromdm/micromdm/wiki/Push-Certificates */
function subjectOf(topic: string): Name {
  const uuid = MDM_TOPIC.exec(topic)?.[1];
  return [
    [OID.userId, topic],
    [OID.commonName, uuid === undefined ? `Apple Push Services: ${topic}` : `APSP:${uuid}`],
    [OID.countryName, 'US'],
  ];
}

/** Each topic with what it is for. Apple documents no form: this is the one that certificates of apps have. */
function topicsExtension(topics: readonly string[]): Extension {
  return {
    identifier: OID.applePushTopics,
    value: sequence(...topics.flatMap((topic) => [utf8String(topic), sequence(utf8String('app'))])),
  };
}
