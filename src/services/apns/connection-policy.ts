import type { ClientCertificate } from '../../core/client-certificate.ts';
import type { Connection, ConnectionDecision, Serve } from '../../core/connection.ts';
import { type PushEnvironment, pushEnvironment } from '../../core/push-environment.ts';
import type { ConnectionPolicy } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { topicCredential } from './credentials.ts';
import type { ApnsReason } from './errors.ts';

/** Why a certificate is rejected. `expired` is separate because the live service closes such connections. */
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

/** Checks the issuer as the behavior setting says. */
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
            `${titleOf(certificate)} was issued by ${certificate.issuer ?? 'an unknown issuer'}; \`crabapple push-cert\` issues an accepted one, \`certificate_trust: any\` accepts all`,
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

/**
 * Host names of the push service:
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns, the former
 * name of the sandbox, and those of channel management
 * (https://developer.apple.com/documentation/usernotifications/sending-channel-management-requests-to-apns).
 */
const PUSH_HOSTS = [
  'api.push.apple.com',
  'api.sandbox.push.apple.com',
  'api.development.push.apple.com',
] as const;

const CHANNEL_HOSTS = [
  'api-manage-broadcast.push.apple.com',
  'api-manage-broadcast.sandbox.push.apple.com',
  // Reported by third parties, not by Apple's pages.
  'api-broadcast.push.apple.com',
  'api-broadcast.sandbox.push.apple.com',
] as const;

export const APNS_HOSTS: readonly string[] = [...PUSH_HOSTS, ...CHANNEL_HOSTS];

/**
 * A connection with a bad certificate gets GOAWAY instead of responses (https://github.com/sideshow/apns2/issues/93), one
 * with an expired certificate is closed (https://github.com/jchambers/pushy/issues/609). Without a certificate a client may
 * open one stream until its first valid token
 * (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns).
 */
function decide(organization: Organization, connection: Connection): ConnectionDecision | undefined {
  if (!connection.secure) return undefined;
  const { serverName, certificate } = connection;
  const { max_concurrent_streams, streams_before_token, bad_certificate, expired_certificate } =
    organization.behavior.apns;
  const isPush = serverName !== undefined && APNS_HOSTS.includes(serverName);
  if (certificate === undefined) {
    return isPush ? serve(organization, streams_before_token) : undefined;
  }
  if (!isPush && certificate.topics.length === 0) return undefined;
  const problem = certificateProblem(organization, certificate, pushEnvironment(serverName));
  if (problem?.expired === true && expired_certificate === 'close') {
    return { kind: 'close', why: problem.why };
  }
  if (problem !== undefined && bad_certificate === 'goaway') {
    return { kind: 'goaway', reason: problem.reason, why: problem.why };
  }
  return serve(organization, max_concurrent_streams);
}

function serve({ behavior }: Organization, maxConcurrentStreams: number): Serve {
  const { apns } = behavior;
  return {
    kind: 'serve',
    maxConcurrentStreams,
    settings: {
      headerTableSize: apns.header_table_size,
      initialWindowSize: apns.initial_window_size,
      maxFrameSize: apns.max_frame_size,
      maxHeaderListSize: apns.max_header_list_size,
    },
    ...(apns.larger_header_list === '431' ? { largestHeaderList: apns.max_header_list_size } : {}),
    ...(apns.idle_close > 0 ? { idle: apns.idle_close } : {}),
  };
}

export const connectionPolicy: ConnectionPolicy = {
  credential({ certificate }) {
    // All topics of a certificate belong to one organization.
    const topic = certificate?.defaultTopic ?? certificate?.topics[0];
    return topic === undefined ? undefined : topicCredential(topic);
  },
  decide,
};
