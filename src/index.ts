export {
  Crabapple,
  type CrabappleOptions,
  createCrabapple,
  type ScenarioInput,
  type ScenarioOptions,
} from './crabapple.ts';
export type { JournalEntry } from './exchange/journal/entry.ts';
export type { Tenant } from './exchange/tenant.ts';
export { TenantError } from './exchange/tenants.ts';
export type { Outcome, Response } from './http/outcome.ts';
export type { HeaderFields, HttpRequest } from './http/request.ts';
