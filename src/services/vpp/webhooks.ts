import { after as startRealTimer } from '../../core/alarm.ts';
import type { PostResult } from '../../core/post.ts';
import type { Location } from '../../organization/content/location.ts';
import type { ContentNotification } from '../../organization/content/notification.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppErrorText } from './errors.ts';

/**
 * Sends the notifications in the outboxes of the locations to the MDM servers, as the behavior settings say, and runs
 * events of locations with webhooks when they are due.
 *
 * @returns how to stop it
 */
export function startWebhooks(organization: Organization): () => void {
  const { host, runtime } = organization;
  const startTimer = host.after ?? startRealTimer;
  const pending = new Set<() => void>();
  let ended = false;

  function after(milliseconds: number, run: () => void): void {
    const cancel = startTimer(milliseconds, () => {
      pending.delete(cancel);
      if (!ended) run();
    });
    pending.add(cancel);
  }

  /** A frozen clock needs no timer: moving it runs what is due. */
  function wakeAt(virtual: number): void {
    const { clock } = runtime;
    if (clock.rate > 0) after((virtual - clock.now()) / clock.rate + 1, () => organization.runDueTasks());
  }

  async function attempt(
    location: Location,
    notification: ContentNotification,
    number: number,
  ): Promise<void> {
    const { notificationUrl: url, notificationAuthToken: token } = location.config;
    if (ended || url === undefined || token === undefined) return;
    const sent = send(organization, location, { url, token }, notification);
    if (sent === undefined || isDelivered(await sent) || number >= organization.behavior.vpp.webhook_attempts)
      return;
    // A reset replaced the location.
    if (organization.content.locations[location.index] !== location) return;
    const due = runtime.clock.now() + organization.behavior.vpp.webhook_retry;
    organization.scheduler.schedule(due, () => void attempt(location, notification, number + 1));
    wakeAt(due);
  }

  function dispatch(location: Location): void {
    for (const notification of [...location.outbox]) {
      organization.apply({ type: 'content_notification_taken', location: location.index, notification });
      const { webhooks, webhook_delay } = organization.behavior.vpp;
      const times = { once: 1, twice: 2, dropped: 0 }[webhooks];
      for (let time = 0; time < times; time += 1) {
        if (webhook_delay === 0) void attempt(location, notification, 1);
        else after(webhook_delay, () => void attempt(location, notification, 1));
      }
    }
  }

  const stop = organization.onChange(({ at, change }) => {
    // Events that were requested before the restore become due.
    if (change.type === 'state_restored') wakeAt(at + organization.behavior.vpp.event_delay);
    if (!('location' in change)) return;
    const location = organization.content.locations[change.location]!;
    if (change.type === 'content_event_requested' && location.config.notificationUrl !== undefined) {
      wakeAt(at + organization.behavior.vpp.event_delay);
    }
    if (organization.replaying) return;
    if (location.outbox.length > 0 && change.type !== 'content_notification_taken') dispatch(location);
  });

  return () => {
    ended = true;
    stop();
    for (const cancel of pending) cancel();
    pending.clear();
  };
}

export interface Receiver {
  readonly url: string;
  readonly token: string;
}

/** The notification with the message of its error. */
function worded(notification: ContentNotification['notification']): object {
  const { error } = notification as { error?: { readonly errorNumber: number } };
  return error === undefined
    ? notification
    : { ...notification, error: { ...error, errorMessage: vppErrorText(error.errorNumber) } };
}

/** One attempt. Undefined if the host cannot send requests. */
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
  result.kind === 'response' && result.status >= 200 && result.status < 300;

export const outcomeText = (result: PostResult): string =>
  result.kind === 'response' ? `it responded with ${result.status}` : result.why;

type TestResult =
  | { readonly kind: 'accepted'; readonly why: string | undefined }
  | { readonly kind: 'rejected'; readonly why: string };

/** Any status but 2xx rejects the URL: https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications */
export async function sendTest(
  organization: Organization,
  location: Location,
  receiver: Receiver,
): Promise<TestResult> {
  if (organization.behavior.vpp.test_notification === 'skipped') {
    return {
      kind: 'accepted',
      why: 'the behavior setting test_notification skips the test of the notification URL',
    };
  }
  const { identifiers } = organization.runtime;
  const sending = send(organization, location, receiver, {
    notificationId: identifiers.uuid(identifiers.next('notification')),
    notificationType: 'TEST_NOTIFICATION',
    notification: {},
  });
  if (sending === undefined) {
    return { kind: 'accepted', why: 'the test was not sent: no `post` was given to Crabapple' };
  }
  const result = await sending;
  if (isDelivered(result)) return { kind: 'accepted', why: undefined };
  return { kind: 'rejected', why: `TEST_NOTIFICATION was not delivered: ${outcomeText(result)}` };
}
