import { rememberedExchange } from '../../engine/observed-exchange.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { OperationName } from '../../scenario/scenario-types.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Exchange } from '../../verify/exchange.ts';
import { shownExchange } from '../../verify/shown-exchange.ts';
import type { Journal } from '../journal.ts';

/** The exchanges of whichever organization is asked for. */
export class LiveJournal implements Journal {
  readonly #core: SimulatedApple;
  readonly #tenant: () => Tenant;

  constructor(core: SimulatedApple, tenant: () => Tenant) {
    this.#core = core;
    this.#tenant = tenant;
  }

  entries(): readonly Exchange[];
  entries<const Operation extends OperationName>(operation: Operation): readonly Exchange<Operation>[];
  entries(operation?: OperationName): readonly Exchange[] {
    const { id, organization } = this.#tenant();
    return [...this.#core.journal.entries(id)]
      .filter((entry) => operation === undefined || entry.operation === operation)
      .map((entry) => shownExchange(rememberedExchange(entry, organization, this.#core.engine.catalog)));
  }

  get dropped(): number {
    return this.#core.journal.dropped(this.#tenant().id);
  }

  [Symbol.iterator](): Iterator<Exchange> {
    return this.entries().values();
  }
}
