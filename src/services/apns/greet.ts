import type { Connection, ConnectionDecision, Serve } from '../../core/connection.ts';
import { pushEnvironment } from '../../core/push-environment.ts';
import type { Organization } from '../../organization/organization.ts';
import { certificateProblem } from './check-certificate.ts';
import { topicCredential } from './credentials.ts';
import { APNS_HOSTS } from './endpoints.ts';

/** Of several topics the first: all of them belong to one organization. */
export function connectionCredential({ certificate }: Connection): string | undefined {
  const topic = certificate?.defaultTopic ?? certificate?.topics[0];
  return topic === undefined ? undefined : topicCredential(topic);
}

/**
 * How the push service begins a connection. A bad certificate gets no answer but a GOAWAY
 * (https://github.com/sideshow/apns2/issues/93), an expired one not even that
 * (https://github.com/jchambers/pushy/issues/609); who comes without any may have one stream until the first valid
 * token (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns).
 */
export function greet(organization: Organization, connection: Connection): ConnectionDecision | undefined {
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
