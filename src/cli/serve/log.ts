import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { JournalEntry } from '../../engine/journal/entry.ts';
import type { CrabappleServer } from '../../server/open-server.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';

/** What whoever runs the server gets to see. */
export interface Log {
  started(apple: SimulatedApple, server: CrabappleServer): void;
  /** One request and what became of it; `several` where more than one organization is served. */
  exchange(entry: JournalEntry, several: boolean): void;
  /** One request to the control API. */
  control(request: HttpRequest, outcome: Outcome): void;
  reloaded(file: string, organization: string): void;
  /** A changed file that is wrong: what it described before is still served. */
  refused(file: string, error: Error): void;
  notice(message: string): void;
  /** A request failed by an error in Crabapple; the server goes on. */
  failure(error: unknown): void;
  /** An exception that nothing caught; the server stops. */
  uncaught(error: unknown): void;
}
