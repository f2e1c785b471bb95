import type { BehaviourSettings, BehaviourValues } from '../scenario/scenario-types.ts';

/** How Apple behaves: every key of the behaviour table with the value in force, durations in milliseconds. */
export interface Behaviour extends BehaviourValues {
  /**
   * Alters the keys that are given, in the form of a scenario, from the next request on. `reset` brings back what the
   * scenario describes.
   *
   * @throws ScenarioError where a key or a value is not known; nothing is altered then
   */
  set(settings: BehaviourSettings): Promise<void>;
}
