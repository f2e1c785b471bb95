export { type Crabapple, type CrabappleOptions, createCrabapple } from './api/apple.ts';
export type { Behavior } from './api/behavior.ts';
export { type Clock, ClockError } from './api/clock.ts';
export type { Credentials, ServerToken } from './api/credentials.ts';
export type { Device, DeviceIdentifiers, Devices, LastPush, PushFacts } from './api/devices.ts';
export type { Faults, SetFault } from './api/faults.ts';
export type { Journal } from './api/journal.ts';
export type { Location, LocationUser, OwnedAsset } from './api/locations.ts';
export type { Organization, OrganizationMembers, Resettable } from './api/organization.ts';
export type { AddOptions, Organizations, ScenarioOptions } from './api/organizations.ts';
export type { ActionResult, Portal, PortalMethod, SimplePortalMethod } from './api/portal.ts';
export type { Profile } from './api/profiles.ts';
export type { Timeline } from './api/timeline.ts';
export type { After } from './core/alarm.ts';
export type { ClientCertificate } from './core/client-certificate.ts';
export type { Connection, ConnectionEffect } from './core/connection.ts';
export type { Sha256 } from './core/digest.ts';
export type { Host } from './core/host.ts';
export type {
  Body,
  EmptyReply,
  GoAway,
  Outcome,
  Pace,
  RefusedStream,
  Reset,
  Response,
  Stall,
} from './core/outcome.ts';
export type { Post, Posting, PostResult, PostRules } from './core/post.ts';
export type { PushEnvironment } from './core/push-environment.ts';
export type { HeaderFields, HttpRequest, RequestTransport } from './core/request.ts';
export type { WallClock } from './core/wall-clock.ts';
export { FaultTableError } from './engine/faults/fault-area.ts';
export type { Direction, PersonalData } from './engine/fields.ts';
export type { JournalBounds } from './engine/journal/journal.ts';
export { TenantError, type TenantProblem } from './engine/tenant.ts';
export { ActionError } from './organization/area.ts';
export { SnapshotError, type SnapshotProblem } from './persistence/snapshot-store.ts';
export type * from './scenario/generated/exchange-types.ts';
export type * from './scenario/generated/scenario-types.ts';
export type { FileReader } from './scenario/load.ts';
export { type Place, type Problem, ScenarioError } from './scenario/reading/problem.ts';
export type { TimelineStatus } from './scenario/timeline-progress.ts';
export type { FilePlace } from './scenario/verification.ts';
export type {
  DataSentReport,
  ReportedRow,
  RowEvidence,
  RowStatus,
  UndeclaredValue,
} from './verify/data-sent/tracker.ts';
export type { Exchange, ExchangeResponse } from './verify/exchange.ts';
export { formatReport } from './verify/report/formats.ts';
export type { PrettyOptions } from './verify/report/pretty.ts';
export type { Counts, FaultReport, Report, Suite, TimelineReport } from './verify/report/report.ts';
export { REPORT_FORMATS, type ReportFormat } from './verify/report/report.ts';
export type { Evidence, Verdict, VerdictStatus } from './verify/verdict.ts';
export { TooManyExpectations } from './verify/verifier.ts';
export type { WaitOptions } from './verify/wait-for.ts';
export { WaitError } from './verify/wait-for.ts';
