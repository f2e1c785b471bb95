import { ControlError } from './control-error.ts';
import { openJournalStream } from './journal-subscription.ts';
import { after } from './query.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';
import { UNCLAIMED } from './shown-entry.ts';

const HEARTBEAT = 15_000;

export const streamJournal = route({
  name: 'journal.stream',
  scope: 'organization',
  method: 'GET',
  path: 'journal/stream',
  about:
    'The journal as server-sent events, one message for each entry; `Last-Event-ID` goes on where a stream broke off',
  query: { after, unclaimed: UNCLAIMED },
  answer: {
    about:
      'messages whose data are entries as of `GET journal`, and events `dropped` that tell how many were missed',
    type: 'text/event-stream',
    schema: text(),
  },
  handler({ surroundings: { crabapple, options, streams }, request, tenant, query }) {
    if (streams.full) {
      throw new ControlError(429, `${streams.most} streams are open already`, 'close some of them first');
    }
    const stream = openJournalStream({
      journal: crabapple.journal,
      view: query.unclaimed ? undefined : tenant.id,
      after: lastEventId(request.headers['last-event-id']) ?? query.after,
      secrets: options.showSecrets,
      heartbeat: HEARTBEAT,
      places: streams,
    });
    return answer(200, 'text/event-stream; charset=utf-8', stream);
  },
});

/** @throws ControlError for what is no number of an entry */
function lastEventId(given: string | undefined): number | undefined {
  if (given === undefined || given.trim() === '') return undefined;
  if (/^\d{1,15}$/.test(given.trim())) return Number(given);
  throw new ControlError(400, 'the Last-Event-ID header is no number', 'send the `id` of the last message');
}
