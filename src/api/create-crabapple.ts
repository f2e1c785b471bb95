import type { Scenario } from '../scenario/scenario-types.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import { tie } from './core-of.ts';
import type { Crabapple, CrabappleOptions } from './crabapple.ts';
import { disposable } from './live/disposable.ts';
import { membersOf } from './live/members.ts';
import { LiveOrganizations } from './live/organizations.ts';

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
  const members = membersOf(core, () => core.tenants.default);
  const apple = disposable(
    Object.assign(members, {
      organizations: new LiveOrganizations(core),
      handle: core.handle.bind(core),
      verify: () => core.verify(),
    }),
    () => core.close(),
  );
  tie(apple, core);
  return apple;
}
