import type { Catalog } from '../../engine/catalog.ts';
import type { Organization } from '../../organization/organization.ts';
import type { BehaviorSettings } from '../../scenario/scenario-types.ts';
import type { Behavior } from '../behavior.ts';

/** How Apple behaves toward whichever organization is asked for. */
export class LiveBehavior implements Behavior {
  readonly #organization: () => Organization;
  readonly #catalog: Catalog;

  constructor(organization: () => Organization, catalog: Catalog) {
    this.#organization = organization;
    this.#catalog = catalog;
  }

  get dep(): Behavior['dep'] {
    return this.#organization().behavior.dep;
  }

  get apns(): Behavior['apns'] {
    return this.#organization().behavior.apns;
  }

  get vpp(): Behavior['vpp'] {
    return this.#organization().behavior.vpp;
  }

  async set(given: BehaviorSettings): Promise<void> {
    const { parseBehavior } = await import('../../scenario/behavior.ts');
    const settings = await parseBehavior(given, this.#catalog);
    const organization = this.#organization();
    organization.settle();
    organization.apply({ type: 'behavior_set', settings });
  }
}
