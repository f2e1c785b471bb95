import type { SimulatedApple } from '../../simulated-apple.ts';
import { tie } from '../core-of.ts';
import type { Crabapple } from '../crabapple.ts';
import { disposable } from './disposable.ts';
import { handleOf } from './handle.ts';
import { membersOf } from './members.ts';
import { LiveOrganizations } from './organizations.ts';

/** What users hold of a simulated Apple. */
export function appleOf(core: SimulatedApple): Crabapple {
  const members = membersOf(core, () => core.tenants.default);
  const apple = disposable(
    Object.assign(members, {
      organizations: new LiveOrganizations(core),
      handle: handleOf(core),
      verify: () => structuredClone(core.verify()),
    }),
    () => core.close(),
  );
  tie(apple, core);
  return apple;
}
