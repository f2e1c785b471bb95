import type { Tenant } from '../../engine/tenant.ts';
import { listed } from './control-error.ts';

const SHOWN = 20;

/** For hints: there may be thousands. */
export function idsOf(tenants: readonly Tenant[]): string {
  const more = tenants.length > SHOWN ? ` and ${tenants.length - SHOWN} more` : '';
  return listed(tenants.slice(0, SHOWN).map(({ id }) => id)) + more;
}
