import type { BehaviorSettings, BehaviorValues } from '../scenario/generated/scenario-types.ts';

/** How Apple behaves: every key of the behavior table with the value in force, durations in milliseconds. */
export interface Behavior extends BehaviorValues {
  /**
   * Alters the keys that are given, in the form of a scenario, from the next request on. `reset` brings back what the
   * scenario describes.
   *
   * @throws ScenarioError where a key or a value is not known; nothing is altered then
   */
  set(settings: BehaviorSettings): Promise<void>;
}
