import type { Scenario } from '../scenario/generated/scenario-types.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import type { Crabapple, CrabappleOptions } from './crabapple.ts';
import { appleOf } from './live/apple.ts';

/**
 * Makes the simulated Apple in memory, with one organization from a scenario: an object, or YAML text.
 *
 * @throws ScenarioError where the scenario is wrong
 */
export async function createCrabapple(
  scenario: Scenario | string,
  options: CrabappleOptions = {},
): Promise<Crabapple> {
  const { host, journal, onFailure, ...scenarioOptions } = options;
  const core = new SimulatedApple({ host, journal, onFailure });
  await core.addScenario(scenario, { ...scenarioOptions, default: true });
  return appleOf(core);
}
