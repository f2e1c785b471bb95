import { after as startRealTimer } from '../../../core/alarm.ts';
import { OnDemand } from '../../../core/on-demand.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { ContentNotification } from '../../../organization/content/notification.ts';
import type { Organization } from '../../../organization/organization.ts';

const sending = new OnDemand(() => import('./send.ts'));

/**
 * Carries what appliers put into the outboxes of the locations to the MDM servers, as often and as well as the
 * behavior says, and wakes the organization when an event falls due that nobody would ask about.
 *
 * @returns how to end it
 */
export function attendWebhooks(organization: Organization): () => void {
  const { host, behavior, runtime } = organization;
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

  /** A frozen clock is moved by hand, and whoever moves it settles what is due. */
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
    const { send, isDelivered } = sending.value ?? (await sending.load());
    if (ended) return;
    const sent = send(organization, location, { url, token }, notification);
    if (sent === undefined || isDelivered(await sent) || number >= behavior.vpp.webhook_attempts) return;
    // A reset in between has put another location in the place of this one.
    if (organization.content.locations[location.index] !== location) return;
    const due = runtime.clock.now() + behavior.vpp.webhook_retry;
    organization.scheduler.schedule(due, () => void attempt(location, notification, number + 1));
    wakeAt(due);
  }

  function dispatch(location: Location): void {
    for (const notification of [...location.outbox]) {
      organization.apply({ type: 'content_notification_taken', location: location.index, notification });
      const { webhooks, webhook_delay } = behavior.vpp;
      const times = { once: 1, twice: 2, dropped: 0 }[webhooks];
      for (let time = 0; time < times; time += 1) {
        if (webhook_delay === 0) void attempt(location, notification, 1);
        else after(webhook_delay, () => void attempt(location, notification, 1));
      }
    }
  }

  const stop = organization.onChange(({ at, change }) => {
    // What was requested before falls due in time.
    if (change.type === 'state_restored') wakeAt(at + behavior.vpp.event_delay);
    if (!('location' in change)) return;
    const location = organization.content.locations[change.location]!;
    if (change.type === 'content_event_requested' && location.config.notificationUrl !== undefined) {
      wakeAt(at + behavior.vpp.event_delay);
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
