import { rememberedExchange } from '../../exchange/exchanged.ts';
import type { Tenant } from '../../exchange/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { type AnyOperation, shownExchange, type WaitedExchange } from '../../verify/wait-for.ts';
import type { Journal } from '../journal.ts';

/** The exchanges of whichever organization is asked for. */
export class LiveJournal implements Journal {
  readonly #core: SimulatedApple;
  readonly #tenant: () => Tenant;

  constructor(core: SimulatedApple, tenant: () => Tenant) {
    this.#core = core;
    this.#tenant = tenant;
  }

  entries<const Operation extends AnyOperation>(operation?: Operation): readonly WaitedExchange<Operation>[] {
    const { id, organization } = this.#tenant();
    return [...this.#core.journal.entries(id)]
      .filter((entry) => operation === undefined || entry.operation === operation)
      .map((entry) => shownExchange<Operation>(rememberedExchange(entry, organization)));
  }

  get dropped(): number {
    return this.#core.journal.dropped(this.#tenant().id);
  }

  [Symbol.iterator](): Iterator<WaitedExchange> {
    return this.entries().values();
  }
}
