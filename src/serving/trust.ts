import type { Crabapple } from '../crabapple.ts';
import type { Authority } from '../pki/authority.ts';
import { wallClock } from '../runtime/wall-clock.ts';

/** The certificate authority of a server, made when it is first asked for. */
export interface Trust {
  /** Where it is kept, if it is. */
  readonly folder: string | undefined;
  authority(): Promise<Authority>;
}

const AUTHORITY_DAYS = 3650;

/** @param folder where the authority is kept; without one it is of this process alone */
export function createTrust(apple: Crabapple, folder?: string): Trust {
  let authority: Promise<Authority> | undefined;
  return {
    folder,
    authority: () => {
      authority ??= makeAuthority(apple, folder);
      return authority;
    },
  };
}

async function makeAuthority(apple: Crabapple, folder: string | undefined): Promise<Authority> {
  const [{ createAuthority, loadAuthority }, { validityAround }] = await Promise.all([
    import('../pki/authority.ts'),
    import('../pki/validity.ts'),
  ]);
  const validity = validityAround(timesOf(apple), AUTHORITY_DAYS);
  return folder === undefined ? createAuthority(validity) : loadAuthority(folder, validity);
}

/** Now, by the wall and by the clock of the default organization. */
export function timesOf({ tenants }: Crabapple): readonly number[] {
  const virtual = tenants.size === 0 ? [] : [tenants.default.organization.runtime.clock.now()];
  return [wallClock(), ...virtual];
}
