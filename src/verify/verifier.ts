import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import type { FilePlace, PlacedExpectation } from '../scenario/verification.ts';
import { counted } from './explain.ts';
import { faultReport } from './report/message.ts';
import { type Suite, suiteStatus, type TimelineReport } from './report/report.ts';
import { type ReadyEntry, Timeline } from './timeline.ts';
import type { CompiledExpectation, Tracker } from './tracker.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** Too many expectations were added. None of them was added. */
export class TooManyExpectations extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooManyExpectations';
  }
}

export interface ReadyExpectation {
  readonly compiled: CompiledExpectation;
  readonly place: FilePlace | undefined;
}

interface Followed extends ReadyExpectation {
  readonly tracker: Tracker;
  readonly gap: string | undefined;
  /** A defect of Crabapple's own that stopped the tracker. It fails the expectation. */
  defect: string | undefined;
}

const follow = (ready: ReadyExpectation, gap?: string): Followed => ({
  ...ready,
  tracker: ready.compiled.start(),
  gap,
  defect: undefined,
});

/** An exchange must get its response even if a tracker fails, so the error becomes part of the verdict. */
function observe(followed: Followed, exchange: ObservedExchange, ordinal: number): void {
  try {
    followed.tracker.observe(exchange, ordinal);
  } catch (error) {
    const { name, message } = error as Error;
    followed.defect ??= `Crabapple could not verify exchange #${exchange.seq}: ${name}: ${message}`;
  }
}

const outcomeOf = ({ tracker, gap, defect }: Followed): Outcome =>
  defect === undefined ? tracker.outcome(gap) : { status: 'failed', reason: defect };

export interface VerifierOptions {
  readonly allowSilent?: boolean | undefined;
  readonly file?: string | undefined;
}

/** Limit of the expectations of one organization. */
const MOST_EXPECTATIONS = 10_000;

/** The earlier exchanges that a new expectation can take into account. */
export interface EarlierExchanges {
  readonly exchanges: Iterable<ObservedExchange>;
  /** Number of exchanges that the journal has dropped. */
  readonly dropped: number;
}

export const compileAll = (
  expectations: readonly PlacedExpectation[],
): Promise<readonly ReadyExpectation[]> =>
  Promise.all(
    expectations.map(async ({ definition, place }) => {
      const { compileExpectation } = await import('./tracker.ts');
      return { compiled: await compileExpectation(definition), place };
    }),
  );

type VerifiedTenant = Pick<Tenant, 'organization' | 'faults' | 'serverFaults'>;

/** Verifies the exchanges of one organization, and runs its timeline. */
export class Verifier {
  readonly #tenant: VerifiedTenant;
  readonly #options: VerifierOptions;
  readonly #timeline: Timeline;
  /** Timelines that were added later. Each has its own start. */
  #added: readonly Timeline[] = [];
  #stopFollowing: (() => void) | undefined;
  /** The expectations of the scenario. */
  readonly #initial: readonly ReadyExpectation[];
  #followed: Followed[] = [];
  readonly #byOperation = new Map<string | undefined, readonly Followed[]>();
  #exchanges = 0;

  constructor(
    tenant: VerifiedTenant,
    expectations: readonly ReadyExpectation[] = [],
    timeline: readonly ReadyEntry[] = [],
    options: VerifierOptions = {},
  ) {
    this.#tenant = tenant;
    this.#options = options;
    this.#initial = expectations;
    this.#timeline = new Timeline(tenant, timeline);
    this.#follow(expectations);
    if (timeline.length > 0) this.#followRestarts();
    this.#timeline.start();
  }

  get #organization(): Organization {
    return this.#tenant.organization;
  }

  #follow(expectations: readonly ReadyExpectation[]): void {
    this.#followed = expectations.map((ready) => follow(ready));
    this.#byOperation.clear();
    this.#exchanges = 0;
  }

  observe(exchange: ObservedExchange): void {
    this.#exchanges += 1;
    for (const followed of this.#wanting(exchange.operation)) observe(followed, exchange, this.#exchanges);
    for (const timeline of this.#timelines) timeline.see(exchange);
  }

  #wanting(operation: string | undefined): readonly Followed[] {
    let wanting = this.#byOperation.get(operation);
    if (wanting === undefined) {
      wanting = this.#followed.filter(({ compiled }) => compiled.wants(operation));
      this.#byOperation.set(operation, wanting);
    }
    return wanting;
  }

  /**
   * Adds expectations. The exchanges that the journal still has count for them.
   *
   * @throws TooManyExpectations without adding any
   */
  add(expectations: readonly ReadyExpectation[], { exchanges, dropped }: EarlierExchanges): void {
    if (this.#followed.length + expectations.length > MOST_EXPECTATIONS) {
      throw new TooManyExpectations(`an organization has at most ${MOST_EXPECTATIONS} expectations`);
    }
    const gap =
      dropped === 0 ? undefined : `the journal no longer has ${counted(dropped, 'earlier exchange')}`;
    const added = expectations.map((ready) => follow(ready, gap));
    const past = [...exchanges];
    // A verifier that was created for earlier exchanges has counted none itself.
    this.#exchanges = Math.max(this.#exchanges, past.length + dropped);
    past.forEach((exchange, index) => {
      const ordinal = this.#exchanges - past.length + index + 1;
      for (const followed of added) {
        if (followed.compiled.wants(exchange.operation)) observe(followed, exchange, ordinal);
      }
    });
    this.#followed.push(...added);
    this.#byOperation.clear();
  }

  /** Number of expectations. */
  get expectations(): number {
    return this.#followed.length;
  }

  /** Restarts with the expectations of the scenario, without those that were added later. */
  reset(): void {
    this.#follow(this.#initial);
  }

  /** Restarts all expectations, as if no exchange had come. */
  restart(): void {
    this.#follow(this.#followed);
  }

  /** A reset or a restore of the state starts the timeline again, without the entries that were added. */
  #followRestarts(): void {
    this.#stopFollowing ??= this.#organization.onRestart(() => {
      this.#dropAdded();
      this.#timeline.start();
    });
  }

  get #timelines(): readonly Timeline[] {
    return [this.#timeline, ...this.#added];
  }

  /** Adds timeline entries that start now. A reset, a restore or a restart drops them. */
  addTimeline(entries: readonly ReadyEntry[]): void {
    this.#followRestarts();
    const added = new Timeline(this.#tenant, entries, true);
    this.#added = [...this.#added, added];
    added.start();
  }

  #dropAdded(): void {
    for (const timeline of this.#added) timeline.stop();
    this.#added = [];
  }

  /** The result of each timeline entry. */
  get timeline(): readonly TimelineReport[] {
    return this.#timelines.flatMap(({ report }) => report);
  }

  /** Stops the timelines, when the organization is removed or replaced. */
  stop(): void {
    this.#stopFollowing?.();
    this.#dropAdded();
    this.#timeline.stop();
  }

  get suite(): Suite {
    const { definition, id, runtime } = this.#organization;
    this.#organization.runDueTasks();
    const { timeline } = this;
    const verdicts = [
      ...this.#silence(),
      ...this.#followed.map((followed): Verdict => {
        const { compiled, place } = followed;
        const { name, expected } = compiled;
        return { name, expected, place, ...outcomeOf(followed) };
      }),
      ...timeline
        .filter(({ status }) => status === 'failed')
        .map(
          ({ action, when, place, reason }): Verdict => ({
            name: `timeline: ${action} ${when}`,
            expected: `${action} ${when}`,
            place,
            status: 'failed',
            reason: `the action failed: ${reason}`,
          }),
        ),
    ];
    return {
      scenario: definition.name,
      file: this.#options.file,
      organization: id,
      status: suiteStatus(verdicts),
      at: runtime.clock.now(),
      wallAt: runtime.clock.wallNow(),
      exchanges: this.#exchanges,
      verdicts,
      dataSent: this.#followed.flatMap(({ tracker }) => tracker.report ?? []),
      timeline,
      faults: [...this.#tenant.serverFaults.tally, ...this.#tenant.faults.tally].map(faultReport),
    };
  }

  /** Without any request, expectations such as `never` prove nothing. */
  #silence(): readonly Verdict[] {
    if (this.#exchanges > 0 || this.#followed.length === 0 || this.#options.allowSilent) return [];
    const file = this.#followed[0]!.place?.file;
    return [
      {
        name: 'at least one request',
        expected: 'at least one request of this organization (set `allow_silent: true` to allow none)',
        place: file === undefined ? undefined : { file, line: 1, column: 1 },
        status: 'failed',
        reason: 'no request arrived. Check the base URL and the credentials of the system under test.',
      },
    ];
  }
}
