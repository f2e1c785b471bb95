import { rememberedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { OperationName } from '../scenario/generated/scenario-types.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { Exchange } from '../verify/exchange.ts';
import { shownExchange } from '../verify/exchange.ts';

/** The recorded exchanges of an organization, oldest first. The journal is bounded and counts what it drops. */
export interface Journal extends Iterable<Exchange> {
  /** All recorded exchanges. */
  entries(): readonly Exchange[];
  /** The recorded exchanges of one operation. */
  entries<const Operation extends OperationName>(operation: Operation): readonly Exchange<Operation>[];
  /** The number of dropped exchanges. */
  readonly dropped: number;
}

export function journalOf(core: SimulatedApple, tenant: () => Tenant): Journal {
  function entries(): readonly Exchange[];
  function entries<const Operation extends OperationName>(
    operation: Operation,
  ): readonly Exchange<Operation>[];
  function entries(operation?: OperationName): readonly Exchange[] {
    const { id, organization } = tenant();
    return [...core.journal.entries(id)]
      .filter((entry) => operation === undefined || entry.operation === operation)
      .map((entry) => shownExchange(rememberedExchange(entry, organization)));
  }
  return {
    entries,
    get dropped() {
      return core.journal.dropped(tenant().id);
    },
    [Symbol.iterator]: () => entries().values(),
  };
}
