import type { Organization } from '../../organization/organization.ts';
import type { BehaviourSettings } from '../../scenario/scenario-types.ts';
import type { Behaviour } from '../behavior.ts';

/** How Apple behaves towards whichever organization is asked for. */
export class LiveBehaviour implements Behaviour {
  readonly #organization: () => Organization;

  constructor(organization: () => Organization) {
    this.#organization = organization;
  }

  get dep(): Behaviour['dep'] {
    return this.#organization().behaviour.dep;
  }

  get apns(): Behaviour['apns'] {
    return this.#organization().behaviour.apns;
  }

  get vpp(): Behaviour['vpp'] {
    return this.#organization().behaviour.vpp;
  }

  async set(given: BehaviourSettings): Promise<void> {
    const { parseBehaviour } = await import('../../scenario/behavior.ts');
    const settings = await parseBehaviour(given);
    const organization = this.#organization();
    organization.settle();
    organization.apply({ type: 'behaviour_set', settings });
  }
}
