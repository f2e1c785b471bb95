import { AppleError } from '../../core/apple-error.ts';
import { explained, type Response } from '../../core/outcome.ts';
import { jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import type { MdmInfo } from '../../organization/content/definition.ts';
import { NOTIFICATION_TYPES, type NotificationType } from '../../organization/content/notification.ts';
import type { Organization } from '../../organization/organization.ts';
import { readScheme, writeScheme } from './authenticate.ts';
import type { ContentManager } from './credentials.ts';
import { vppError } from './errors.ts';
import { VPP_PAGES } from './pages.ts';
import { answer } from './render.ts';
import { unknownMember } from './request-checks.ts';
import { sendTest } from './webhooks.ts';

const BODY = {
  mdmInfo: 'object',
  notificationUrl: 'text',
  notificationAuthToken: 'text',
  notificationTypes: 'texts',
} as const;

const filled = (value: unknown): value is string => typeof value === 'string' && value !== '';

function mdmInfoOf(
  { behavior: { vpp } }: Organization,
  given: Readonly<Record<string, unknown>>,
): MdmInfo | AppleError {
  const { id, name, metadata } = given;
  if (!filled(id) || !filled(name) || !filled(metadata)) {
    return vppError('9723', '`mdmInfo` needs `id`, `name` and `metadata`, none of them empty');
  }
  if (id.length > vpp.max_mdm_id_length) {
    return vppError('9724', `mdmInfo.id has ${id.length} characters; ${vpp.max_mdm_id_length} are allowed`);
  }
  if (name.length > vpp.max_mdm_name_length) {
    return vppError(
      '9725',
      `mdmInfo.name has ${name.length} characters; ${vpp.max_mdm_name_length} are allowed`,
    );
  }
  if (metadata.length > vpp.max_mdm_metadata_length) {
    const allowed = vpp.max_mdm_metadata_length;
    return vppError('9713', `mdmInfo.metadata has ${metadata.length} characters; ${allowed} are allowed`);
  }
  return { id, name, metadata };
}

/** https, host and path, nothing else: https://developer.apple.com/documentation/devicemanagement/clientconfigrequest */
function urlProblem({ definition }: Organization, text: string): AppleError | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return vppError('9712', 'the notification URL is no URL');
  }
  const plain = definition.webhooks?.allow_http === true && url.protocol === 'http:';
  if (url.protocol !== 'https:' && !plain) {
    return vppError('9712', 'the notification URL must be https; `webhooks: allow_http` takes http as well');
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return vppError('9712', 'the notification URL may have a host and a path only');
  }
  return undefined;
}

interface Receiver {
  readonly url: string;
  readonly token: string;
}

/** Undefined if neither is given. Both empty turn notifications off. */
function receiverOf(
  organization: Organization,
  url: string | undefined,
  token: string | undefined,
): Receiver | undefined | AppleError {
  if (url === undefined && token === undefined) return undefined;
  if (url === '' && (token === '' || token === undefined)) return { url: '', token: '' };
  if (!filled(url) || !filled(token)) {
    return vppError('9710', '`notificationUrl` and `notificationAuthToken` must come together');
  }
  const { max_notification_length } = organization.behavior.vpp;
  const longest = Math.max(url.length, token.length);
  if (longest > max_notification_length) {
    return vppError('9711', `${longest} characters; ${max_notification_length} are allowed`);
  }
  return urlProblem(organization, url) ?? { url, token };
}

function typesOf(given: readonly string[] | undefined): readonly NotificationType[] | undefined | AppleError {
  if (given === undefined) return undefined;
  const known: readonly string[] = [...NOTIFICATION_TYPES, 'TEST_NOTIFICATION'];
  const strange = given.find((type) => !known.includes(type));
  if (strange !== undefined) {
    return vppError('9602', `no notification type is named ${JSON.stringify(strange.slice(0, 60))}`);
  }
  return [...new Set(given)] as NotificationType[];
}

export const setClientConfig = operation({
  name: 'vpp.client_config.set',
  methods: ['POST'],
  path: '/mdm/v2/client/config',
  about: 'Sets the MDM of the location, and its notification URL and types',
  scheme: writeScheme,
  body: jsonBody(BODY),
  errors: ['9602', '9710', '9711', '9712', '9713', '9723', '9724', '9725', '9728'],
  source: VPP_PAGES.clientConfigRequest,
  async handler(call) {
    const { organization, caller, body } = call;
    const unknown = unknownMember(call, BODY);
    if (unknown !== undefined) return unknown;
    const mdmInfo = body.mdmInfo === undefined ? undefined : mdmInfoOf(organization, body.mdmInfo);
    if (mdmInfo instanceof AppleError) return mdmInfo;
    const receiver = receiverOf(organization, body.notificationUrl, body.notificationAuthToken);
    if (receiver instanceof AppleError) return receiver;
    const notificationTypes = typesOf(body.notificationTypes);
    if (notificationTypes instanceof AppleError) return notificationTypes;

    const { location } = caller;
    let note: string | undefined;
    if (receiver !== undefined && receiver.url !== '') {
      const test = await sendTest(organization, location, receiver);
      if (test.kind === 'rejected') return vppError('9728', test.why);
      note = test.why;
    }
    organization.apply({
      type: 'content_client_configured',
      location: location.index,
      ...(mdmInfo === undefined ? {} : { mdmInfo }),
      ...(receiver === undefined
        ? {}
        : {
            notificationUrl: receiver.url === '' ? undefined : receiver.url,
            notificationAuthToken: receiver.url === '' ? undefined : receiver.token,
          }),
      ...(notificationTypes === undefined ? {} : { notificationTypes }),
    });
    return explained(clientConfigAnswer(organization, caller), note);
  },
});

const WEBSITES = {
  enterprisestore: 'https://business.apple.com',
  volumestore: 'https://school.apple.com',
} as const;

/** The response to both calls: https://developer.apple.com/documentation/devicemanagement/clientconfigresponse */
export function clientConfigAnswer(organization: Organization, manager: ContentManager): Response {
  const { location } = manager;
  const { notificationUrl, notificationAuthToken, notificationTypes } = location.config;
  return answer(organization, manager, {
    countryISO2ACode: location.country,
    defaultPlatform: location.platform,
    locationName: location.name,
    ...(notificationAuthToken === undefined ? {} : { notificationAuthToken }),
    ...(notificationUrl === undefined ? {} : { notificationUrl }),
    ...(notificationTypes.length === 0 ? {} : { subscribedNotificationTypes: notificationTypes }),
    websiteURL: WEBSITES[location.platform],
  });
}

export const clientConfig = operation({
  name: 'vpp.client_config',
  methods: ['GET'],
  path: '/mdm/v2/client/config',
  about: 'Returns the location and the MDM that configured it',
  scheme: readScheme,
  errors: [],
  source: VPP_PAGES.clientConfig,
  handler: ({ organization, caller }) => clientConfigAnswer(organization, caller),
});
