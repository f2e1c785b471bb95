import type { Organization } from '../../organization/organization.ts';
import type { BehaviorSettings } from '../../scenario/scenario-types.ts';
import type { Behavior } from '../behavior.ts';

/** How Apple behaves toward whichever organization is asked for. */
export class LiveBehavior implements Behavior {
  readonly #organization: () => Organization;

  constructor(organization: () => Organization) {
    this.#organization = organization;
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
    const settings = await parseBehavior(given);
    const organization = this.#organization();
    organization.runDueTasks();
    organization.apply({ type: 'behavior_set', settings });
  }
}
