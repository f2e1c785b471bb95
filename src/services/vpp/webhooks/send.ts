import type { PostResult } from '../../../core/post.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { ContentNotification } from '../../../organization/content/notification.ts';
import type { Organization } from '../../../organization/organization.ts';
import { vppErrorText } from '../errors.ts';

export interface Receiver {
  readonly url: string;
  readonly token: string;
}

/** With the words that belong to the number of its error. */
function worded(notification: ContentNotification['notification']): object {
  const { error } = notification as { error?: { readonly errorNumber: number } };
  return error === undefined
    ? notification
    : { ...notification, error: { ...error, errorMessage: vppErrorText(error.errorNumber) } };
}

/** One attempt. Undefined where the simulated Apple has no way out. */
export function send(
  organization: Organization,
  location: Pick<Location, 'uId'>,
  { url, token }: Receiver,
  { notificationId, notificationType, notification }: ContentNotification,
): Promise<PostResult> | undefined {
  const { host, behavior, definition } = organization;
  return host.post?.({
    url,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      authorization: `Bearer ${token}`,
      'user-agent': 'Crabapple',
    },
    body: JSON.stringify({
      notification: worded(notification),
      notificationId,
      notificationType,
      uId: location.uId,
    }),
    timeout: behavior.vpp.webhook_timeout,
    rules: definition.webhooks ?? {},
  });
}

export const isDelivered = (result: PostResult): boolean =>
  result.kind === 'answered' && result.status >= 200 && result.status < 300;

export const outcomeText = (result: PostResult): string =>
  result.kind === 'answered' ? `it answered ${result.status}` : result.why;

type TestResult =
  | { readonly kind: 'accepted'; readonly why: string | undefined }
  | { readonly kind: 'refused'; readonly why: string };

/** Anything but 2xx refuses the URL: https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications */
export async function sendTest(
  organization: Organization,
  location: Location,
  receiver: Receiver,
): Promise<TestResult> {
  if (organization.behavior.vpp.test_notification === 'skipped') {
    return { kind: 'accepted', why: 'behavior takes the notification URL unseen' };
  }
  const { identifiers } = organization.runtime;
  const sending = send(organization, location, receiver, {
    notificationId: identifiers.uuid(identifiers.next('notification')),
    notificationType: 'TEST_NOTIFICATION',
    notification: {},
  });
  if (sending === undefined) {
    return { kind: 'accepted', why: 'nothing can be sent from here: no `post` was given to Crabapple' };
  }
  const result = await sending;
  if (isDelivered(result)) return { kind: 'accepted', why: undefined };
  return { kind: 'refused', why: `TEST_NOTIFICATION was not delivered: ${outcomeText(result)}` };
}
