import type { ClientCertificate } from '../../core/client-certificate.ts';
import type { PushEnvironment } from '../../core/push-environment.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ApnsReason } from './errors.ts';

/** Why a certificate does not do. An expired one is verified apart: the live service never answers it. */
export interface CertificateProblem {
  readonly reason: Extract<ApnsReason, 'BadCertificate' | 'BadCertificateEnvironment'>;
  readonly why: string;
  readonly expired: boolean;
}

const bad = (why: string, expired = false): CertificateProblem => ({
  reason: 'BadCertificate',
  why,
  expired,
});

const titleOf = ({ commonName, fingerprint }: ClientCertificate): string =>
  `the client certificate ${commonName ?? fingerprint.slice(0, 16)}`;

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** Whether we take certificates of this issuer, by behavior. */
function trustProblem(
  { behavior }: Organization,
  certificate: ClientCertificate,
): CertificateProblem | undefined {
  const { certificate_trust, certificate_pins } = behavior.apns;
  switch (certificate_trust) {
    case 'local_ca':
      return certificate.issuedHere
        ? undefined
        : bad(
            `${titleOf(certificate)} was issued by ${certificate.issuer ?? 'somebody else'}; \`crabapple push-cert\` issues one, \`certificate_trust: any\` takes all`,
          );
    case 'pinned':
      return certificate_pins.some((pin) => plain(pin) === certificate.fingerprint)
        ? undefined
        : bad(`${titleOf(certificate)} is not among certificate_pins: ${certificate.fingerprint}`);
    case 'any':
      return certificate.topics.length > 0 ? undefined : bad(`${titleOf(certificate)} names no topic`);
  }
}

export function certificateProblem(
  organization: Organization,
  certificate: ClientCertificate,
  environment: PushEnvironment,
): CertificateProblem | undefined {
  const { push, runtime } = organization;
  if (runtime.clock.now() > certificate.notAfter)
    return bad(`${titleOf(certificate)} has expired on the virtual clock`, true);
  const untrusted = trustProblem(organization, certificate);
  if (untrusted !== undefined) return untrusted;
  if (
    push.revokedCertificates.has(certificate.fingerprint) ||
    certificate.topics.some((topic) => push.revokedTopics.has(topic))
  ) {
    return bad(`${titleOf(certificate)} is revoked`);
  }
  const { environments } = certificate;
  if (environments.length > 0 && !environments.includes(environment)) {
    const why = `${titleOf(certificate)} is for ${environments.join(' and ')}, and this is ${environment}`;
    return { reason: 'BadCertificateEnvironment', why, expired: false };
  }
  return undefined;
}
