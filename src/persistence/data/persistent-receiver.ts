import { explained, type Outcome, respond } from '../../core/outcome.ts';
import type { RequestReceiver } from '../../transports/receiver.ts';
import type { PersistenceWriter } from './writer.ts';

/** Sends no response before the changes of its request are written. */
export function createPersistentReceiver(
  receiver: RequestReceiver,
  writer: PersistenceWriter,
): RequestReceiver {
  const { fsync } = writer.folder;

  function written(outcome: Outcome): Outcome | Promise<Outcome> {
    try {
      writer.write();
    } catch (error) {
      return failed(error);
    }
    return fsync ? writer.synced().then(() => outcome, failed) : outcome;
  }

  function failed(error: unknown): Outcome {
    const why = `the request was performed, but cannot be written to ${writer.folder.path}: ${(error as Error).message}`;
    writer.folder.notice(why);
    return explained(respond(500, { 'content-type': 'text/plain' }, `${why}\n`), why);
  }

  return {
    ...receiver,
    handle(request) {
      const outcome = receiver.handle(request);
      return outcome instanceof Promise ? outcome.then(written) : written(outcome);
    },
  };
}
