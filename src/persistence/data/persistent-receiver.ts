import { explained, type Outcome, respond } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { RequestReceiver } from '../../transports/receiver.ts';
import type { Keeper } from './writer.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** No answer leaves before what it tells of is kept. */
export function createKeepingReceiver(receiver: RequestReceiver, keeper: Keeper): RequestReceiver {
  const { fsync } = keeper.folder;

  function kept(request: HttpRequest, outcome: Outcome): Outcome | Promise<Outcome> {
    try {
      if (request.path.startsWith('/_c') && !READS.has(request.method)) keeper.lookAtAll();
      keeper.write();
    } catch (error) {
      return notKept(error);
    }
    return fsync ? keeper.synced().then(() => outcome, notKept) : outcome;
  }

  function notKept(error: unknown): Outcome {
    const why = `it was done, and cannot be kept in ${keeper.folder.path}: ${(error as Error).message}`;
    keeper.folder.notice(why);
    return explained(respond(500, { 'content-type': 'text/plain' }, `${why}\n`), why);
  }

  return {
    ...receiver,
    handle(request) {
      const outcome = receiver.handle(request);
      return outcome instanceof Promise
        ? outcome.then((settled) => kept(request, settled))
        : kept(request, outcome);
    },
  };
}
