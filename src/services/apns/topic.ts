import type { AppleError } from '../../core/apple-error.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { PushKey } from '../../organization/push/push-key.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import { type Provider, TOPIC_HEADER } from './authenticate-provider.ts';
import { apnsError } from './errors.ts';
import { bundleOf, isMdmTopic, type PushTypeName } from './push-headers.ts';

const TOPIC = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254})$/;

const shown = (text: string): string => JSON.stringify(text.slice(0, 120));

/** The topic of a request, or the default one. */
function requestedTopic(
  organization: Organization,
  request: HttpRequest,
  provider: Provider,
  registration: RegistrationNumber | undefined,
): string | undefined {
  const header = request.headers['apns-topic'];
  switch (provider.kind) {
    case 'certificate': {
      // MDM servers send no topic: https://github.com/micromdm/nanomdm/blob/main/push/nanopush/provider.go
      const { topics } = provider.certificate;
      const single = topics.length === 1 && organization.behavior.apns.missing_topic === 'from_certificate';
      return header ?? (single ? topics[0] : undefined);
    }
    case 'token':
      return header;
    case 'plain': {
      const named = request.headers[TOPIC_HEADER] ?? header;
      if (named !== undefined || registration === undefined) return named ?? organization.push.topic;
      return organization.push.registrations.topic(registration);
    }
  }
}

/** Whether a key covers a topic, or the bundle id of the topic. */
export const covers = ({ topics }: PushKey, topic: string): boolean =>
  topics === undefined || topics.includes(topic) || topics.includes(bundleOf(topic));

function disallowed(
  { behavior }: Organization,
  provider: Provider,
  topic: string,
  pushType: PushTypeName | undefined,
): AppleError | undefined {
  if (provider.kind === 'certificate') {
    return provider.certificate.topics.includes(topic)
      ? undefined
      : apnsError(
          'BadTopic',
          `the certificate allows ${provider.certificate.topics.join(', ')}, not ${shown(topic)}`,
        );
  }
  if (provider.kind === 'plain') return undefined;
  const { mdm_with_token, topic_outside_key } = behavior.apns;
  if ((pushType === 'mdm' || isMdmTopic(topic)) && mdm_with_token !== 'accept') {
    return apnsError(
      mdm_with_token,
      'device management pushes with a certificate, not with a provider token',
    );
  }
  return covers(provider.key, topic)
    ? undefined
    : apnsError(topic_outside_key, `the push key ${provider.key.keyId} is not for ${shown(topic)}`);
}

export function topicOf(
  organization: Organization,
  request: HttpRequest,
  provider: Provider,
  pushType: PushTypeName | undefined,
  registration: RegistrationNumber | undefined,
): string | AppleError {
  const topic = requestedTopic(organization, request, provider, registration);
  if (topic === undefined || topic === '') {
    return apnsError(
      'MissingTopic',
      provider.kind === 'certificate'
        ? `apns-topic is missing, and the certificate has ${provider.certificate.topics.length} topics`
        : 'apns-topic is missing',
    );
  }
  if (!TOPIC.test(topic)) return apnsError('BadTopic', `apns-topic ${shown(topic)} is malformed`);
  return disallowed(organization, provider, topic, pushType) ?? topic;
}
