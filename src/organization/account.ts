import type { Sha256 } from '../core/digest.ts';
import type { Identifiers } from '../core/identifiers.ts';
import { createRandom } from '../core/random.ts';
import type { AccountDefinition } from './definition.ts';
import { ADDRESSES, EMAILS, ORGANIZATION_NAMES, PHONE_NUMBERS } from './inventory/pools.ts';

/** Facts of the organization in `GET /account`. */
export interface Account {
  readonly org_name: string;
  readonly org_email: string;
  readonly org_phone: string;
  readonly org_address: string;
  readonly org_id: string;
  /** 64 hexadecimal digits. */
  readonly org_id_hash: string;
  readonly org_type: 'org' | 'edu';
  readonly org_version: 'v1' | 'v2';
}

/** The given members. The others derive from the seed. */
export function createAccount(
  definition: AccountDefinition,
  seed: string,
  identifiers: Identifiers,
  sha256: Sha256,
): Account {
  const random = createRandom(`${seed}\u0000account`);
  const pick = (pool: readonly string[]): string => pool[random.below(pool.length)] ?? '';
  const name = pick(ORGANIZATION_NAMES);
  const email = pick(EMAILS);
  const phone = pick(PHONE_NUMBERS);
  const address = pick(ADDRESSES);
  const orgId =
    definition.org_id ?? String(100_000 + (Number.parseInt(identifiers.hex('org id', 8), 16) % 9_900_000));
  return {
    org_name: definition.org_name ?? name,
    org_email: definition.org_email ?? email,
    org_phone: definition.org_phone ?? phone,
    org_address: definition.org_address ?? address,
    org_id: orgId,
    org_id_hash: definition.org_id_hash ?? sha256(new TextEncoder().encode(orgId)),
    org_type: definition.org_type ?? 'org',
    // Business organizations were seen with v2 too: https://github.com/petarov/apple-mdm-clients
    org_version: definition.org_version ?? 'v2',
  };
}
