import type { Organization } from '../organization/organization.ts';
import type { BehaviorSettings, BehaviorValues } from '../scenario/generated/scenario-types.ts';

/** The behavior settings with their current values. Durations are in milliseconds. */
export interface Behavior extends BehaviorValues {
  /**
   * Changes the given settings, in the form of a scenario file, from the next request on. `reset` restores the
   * settings of the scenario.
   *
   * @throws ScenarioError if a setting or a value is unknown; nothing is changed then
   */
  set(settings: BehaviorSettings): Promise<void>;
}

export const behaviorOf = (organization: () => Organization): Behavior => ({
  get dep() {
    return organization().behavior.dep;
  },
  get apns() {
    return organization().behavior.apns;
  },
  get vpp() {
    return organization().behavior.vpp;
  },
  async set(given) {
    const { parseBehavior } = await import('../scenario/parse.ts');
    const settings = await parseBehavior(given);
    const current = organization();
    current.runDueTasks();
    current.apply({ type: 'behavior_set', settings });
  },
});
