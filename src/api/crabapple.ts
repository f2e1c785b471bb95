/// <reference lib="esnext.disposable" preserve="true" />

import type { Host } from '../core/host.ts';
import type { Outcome } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';
import type { JournalBounds } from '../engine/journal/journal-bounds.ts';
import type { Report } from '../verify/report/report.ts';
import type { OrganizationMembers } from './organization.ts';
import type { Organizations, ScenarioOptions } from './organizations.ts';

/** How the simulated Apple is made. */
export interface CrabappleOptions extends ScenarioOptions {
  /** What the machine provides: real time, SHA-256, timers. What every JavaScript engine has where not given. */
  readonly host?: Host | undefined;
  /** How much the journal keeps; 10,000 entries and 64 MB where not given. */
  readonly journal?: JournalBounds | undefined;
  /** Told of failures of Crabapple itself, which the client meets as an error of Apple's. */
  readonly onFailure?: ((error: unknown, request: HttpRequest | undefined) => void) | undefined;
}

/**
 * The simulated Apple: organizations behind one exchange. No ports, no Node. What it has of an organization's
 * (`clock`, `faults`, `devices`, …) is that of the default one. Disposed of, it stops everything.
 */
export interface Crabapple extends OrganizationMembers, Disposable, AsyncDisposable {
  /** Every organization in service; more can be added. */
  readonly organizations: Organizations;
  /** Answers a request. Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome>;
  /** Verifies all organizations by what was seen until now. */
  verify(): Report;
}
