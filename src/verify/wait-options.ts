import type { OperationName, WhereOf } from '../scenario/generated/scenario-types.ts';
import type { Exchange } from './exchange.ts';

/** How an exchange is waited for. */
export interface WaitOptions<Operation extends OperationName = OperationName> {
  /** Locations and matchers as in a scenario file, or a function; any exchange where not given. */
  readonly where?: WhereOf<Operation> | ((exchange: Exchange<Operation>) => boolean) | undefined;
  /** Real milliseconds; 10 seconds where not given. */
  readonly timeout?: number | undefined;
  /** Exchanges with larger numbers count; all that the journal still has where not given. */
  readonly after?: number | undefined;
}
