/// <reference lib="esnext.disposable" preserve="true" />

import type { Host } from '../core/host.ts';
import { explained, type Outcome, respond, withHeaders } from '../core/outcome.ts';
import type { HttpRequest } from '../core/request.ts';
import type { JournalBounds } from '../engine/journal/journal.ts';
import type { Scenario } from '../scenario/generated/scenario-types.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import type { Report } from '../verify/report/report.ts';
import { type OrganizationMembers, organizationMembers } from './organization.ts';
import { disposable, type Organizations, organizationsOf, type ScenarioOptions } from './organizations.ts';

/** Options of `createCrabapple`. */
export interface CrabappleOptions extends ScenarioOptions {
  /** Real time, SHA-256, timers and HTTP of the platform. Default: what every JavaScript engine has. */
  readonly host?: Host | undefined;
  /** Limits of the journal. Default: 10,000 entries and 64 MB. */
  readonly journal?: JournalBounds | undefined;
  /** Called with an internal error of Crabapple, and its request if there is one; the client receives one of Apple's errors. */
  readonly onFailure?: ((error: unknown, request: HttpRequest | undefined) => void) | undefined;
}

/**
 * The simulated Apple: one or more organizations, without ports and without Node. The members of an organization
 * (`clock`, `faults`, `devices`, …) are those of the default organization. Disposing of it removes all organizations.
 */
export interface Crabapple extends OrganizationMembers, Disposable, AsyncDisposable {
  /** All organizations. */
  readonly organizations: Organizations;
  /** Handles a request. Never throws and never rejects. */
  handle(request: HttpRequest): Outcome | Promise<Outcome>;
  /** Verifies the expectations of all organizations against the requests received so far. */
  verify(): Report;
}

/**
 * Creates the simulated Apple in memory, with one organization from a scenario: an object, or YAML text.
 *
 * @throws ScenarioError if the scenario is invalid
 */
export async function createCrabapple(
  scenario: Scenario | string,
  options: CrabappleOptions = {},
): Promise<Crabapple> {
  const { host, journal, onFailure, ...scenarioOptions } = options;
  const core = new SimulatedApple({ host, journal, onFailure });
  await core.addScenario(scenario, { ...scenarioOptions, default: true });
  return appleOf(core);
}

const cores = new WeakMap<Crabapple, SimulatedApple>();

/** The public object of a simulated Apple. */
export function appleOf(core: SimulatedApple): Crabapple {
  const members = organizationMembers(core, () => core.tenants.default);
  const apple = disposable(
    Object.assign(members, {
      organizations: organizationsOf(core),
      handle(request: HttpRequest) {
        const problem = requestProblem(request);
        return problem === undefined ? core.handle(request) : badRequest(problem);
      },
      verify: () => structuredClone(core.verify()),
    }),
    () => core.close(),
  );
  cores.set(apple, core);
  return apple;
}

/**
 * The internals behind the public object, for transports. No entry of the package exports this.
 *
 * @throws TypeError if the object is not from `createCrabapple()` of this copy of the package
 */
export function coreOf(apple: Crabapple): SimulatedApple {
  const core = cores.get(apple);
  if (core !== undefined) return core;
  throw new TypeError('this object was not created by createCrabapple() of this copy of crabapple');
}

const STRINGS = ['method', 'scheme', 'authority', 'path', 'query'] as const;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Checks at run time what the type of a request says; JavaScript callers can pass anything. */
function requestProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'a request must be an object';
  const request = value as { readonly [Member in keyof HttpRequest]?: unknown };
  const wrong = STRINGS.find((name) => typeof request[name] !== 'string');
  if (wrong !== undefined) return `\`${wrong}\` of a request must be a string`;
  if (!isObject(request.headers)) return '`headers` of a request must be an object with names in lower case';
  if (!ArrayBuffer.isView(request.body))
    return '`body` of a request must be a Uint8Array; pass an empty one for a request without a body';
  return isObject(request.transport) ? undefined : '`transport` of a request must be an object with `name`';
}

function badRequest(why: string): Outcome {
  const response = respond(400, { 'content-type': 'text/plain' }, `${why}\n`);
  return explained(withHeaders(response, { 'x-crabapple-why': why }), why);
}
