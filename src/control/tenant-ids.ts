import type { Tenant } from '../exchange/tenant.ts';
import { listed } from './refusal.ts';

const SHOWN = 20;

/** For hints: there may be thousands. */
export function idsOf(tenants: readonly Tenant[]): string {
  const more = tenants.length > SHOWN ? ` and ${tenants.length - SHOWN} more` : '';
  return listed(tenants.slice(0, SHOWN).map(({ id }) => id)) + more;
}
