import type { ServerHttp2Session } from 'node:http2';

/** What Node keeps of a session, for itself. */
interface SessionState {
  streams?: ReadonlyMap<number, unknown>;
}

/**
 * How many streams may begin on one table. V8 lays the table of a Map out anew when it is full of entries that were
 * deleted; a former one goes on to refer to the next, and to the streams that were open at its time.
 */
export const STREAMS_PER_TABLE = 64;

/**
 * Gives a session another table for its open streams, with the same in it. Once a full collection has moved a former
 * table among the old objects, nothing but the next full collection finds out that it is dead, and until then all
 * tables after it, with two of three streams, outlive the quick collections too: a quarter of the time that a push
 * takes. No option of Node's spares that; where it keeps its streams in another way, nothing is done.
 */
export function renewStreamTable(session: ServerHttp2Session): void {
  const key = Object.getOwnPropertySymbols(session).find(({ description }) => description === 'state');
  const state = key === undefined ? undefined : (session as unknown as Record<symbol, SessionState>)[key];
  const Table = state?.streams?.constructor;
  if (state === undefined || Table?.name !== 'SafeMap') return;
  state.streams = Reflect.construct(Table, [state.streams]) as ReadonlyMap<number, unknown>;
}
