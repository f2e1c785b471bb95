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
export { SnapshotError } from './snapshots/shelf.ts';
export { formatReport } from './verify/report/formats.ts';
export type { Report, Suite } from './verify/report/report.ts';
export { REPORT_FORMATS, type ReportFormat } from './verify/report/report-format.ts';
export type { Verdict, VerdictStatus } from './verify/verdict.ts';
export { WaitError, type WaitedExchange, type WaitOptions } from './verify/wait-for.ts';
