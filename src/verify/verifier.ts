import type { Catalog } from '../engine/catalog.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import type { FilePlace, PlacedExpectation } from '../scenario/expectation.ts';
import type { TimelineNow } from '../scenario/verification.ts';
import { faultReport } from './report/fault-report.ts';
import { type Suite, suiteStatus } from './report/report.ts';
import { type ReadyEntry, Timeline, type TimelineProgress } from './timeline.ts';
import type { TimelineReport } from './timeline-report.ts';
import { TooManyExpectations } from './too-many-expectations.ts';
import type { CompiledExpectation, Tracker } from './tracker.ts';
import type { Verdict } from './verdict.ts';

export interface ReadyExpectation {
  readonly compiled: CompiledExpectation;
  readonly place: FilePlace | undefined;
}

interface Followed extends ReadyExpectation {
  readonly tracker: Tracker;
  readonly gap: string | undefined;
}

export interface VerifierOptions {
  readonly allowSilent?: boolean | undefined;
  readonly file?: string | undefined;
  readonly timelineNow?: TimelineNow | undefined;
}

/** More than anybody writes; each exchange is shown to those that want it. */
const MOST_EXPECTATIONS = 10_000;

/** What of the past a new expectation can still be shown. */
export interface Remembered {
  readonly exchanges: Iterable<ObservedExchange>;
  /** Exchanges that fell out of the journal. */
  readonly dropped: number;
}

export const compileAll = (
  expectations: readonly PlacedExpectation[],
  catalog: Catalog,
): Promise<readonly ReadyExpectation[]> =>
  Promise.all(
    expectations.map(async ({ definition, place }) => {
      const { compileExpectation } = await import('./compile-expectation.ts');
      return { compiled: await compileExpectation(definition, catalog), place };
    }),
  );

type VerifiedTenant = Pick<Tenant, 'organization' | 'faults' | 'serverFaults'>;

/** Follows the traffic of one organization, and verifies it. */
export class Verifier {
  readonly #tenant: VerifiedTenant;
  readonly #options: VerifierOptions;
  readonly #timeline: Timeline;
  /** What was added since the beginning, each with a beginning of its own. */
  #added: readonly Timeline[] = [];
  readonly #beginning: readonly ReadyExpectation[];
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
    this.#beginning = expectations;
    this.#timeline = new Timeline(tenant, timeline);
    this.#follow(expectations);
    this.restartTimeline();
  }

  get #organization(): Organization {
    return this.#tenant.organization;
  }

  #follow(expectations: readonly ReadyExpectation[]): void {
    this.#followed = expectations.map((ready) => ({
      ...ready,
      tracker: ready.compiled.start(),
      gap: undefined,
    }));
    this.#byOperation.clear();
    this.#exchanges = 0;
  }

  observe(exchanged: ObservedExchange): void {
    this.#exchanges += 1;
    for (const { tracker } of this.#wanting(exchanged.operation)) tracker.see(exchanged, this.#exchanges);
    for (const timeline of this.#timelines) timeline.see(exchanged);
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
   * Follows more expectations, from what is remembered of the past on.
   *
   * @throws TooManyExpectations with none taken in
   */
  add(expectations: readonly ReadyExpectation[], { exchanges, dropped }: Remembered): void {
    if (this.#followed.length + expectations.length > MOST_EXPECTATIONS) {
      throw new TooManyExpectations(`at most ${MOST_EXPECTATIONS} expectations are followed`);
    }
    const gap = dropped === 0 ? undefined : `${dropped} exchanges of before had fallen out of the journal`;
    const added = expectations.map((ready) => ({ ...ready, tracker: ready.compiled.start(), gap }));
    const past = [...exchanges];
    // One that verifies the past alone has seen nothing itself.
    this.#exchanges = Math.max(this.#exchanges, past.length + dropped);
    past.forEach((exchanged, index) => {
      const ordinal = this.#exchanges - past.length + index + 1;
      for (const { compiled, tracker } of added) {
        if (compiled.wants(exchanged.operation)) tracker.see(exchanged, ordinal);
      }
    });
    this.#followed.push(...added);
    this.#byOperation.clear();
  }

  /** How many are followed. */
  get expectations(): number {
    return this.#followed.length;
  }

  /** As at the beginning: what was added later is forgotten. */
  reset(): void {
    this.#follow(this.#beginning);
  }

  /** From now on as if no exchange had come before. */
  restart(): void {
    this.#follow(this.#followed);
  }

  /** From where the scenario begins. */
  restartTimeline(): void {
    this.#dropAdded();
    const { timelineNow } = this.#options;
    if (timelineNow === undefined) this.#timeline.start();
    else this.#timeline.goOn(timelineNow);
  }

  get #timelines(): readonly Timeline[] {
    return [this.#timeline, ...this.#added];
  }

  /** More entries, from now on: no restart and no snapshot knows them. */
  addTimeline(entries: readonly ReadyEntry[]): void {
    const added = new Timeline(this.#tenant, entries);
    this.#added = [...this.#added, added];
    added.start();
  }

  #dropAdded(): void {
    for (const timeline of this.#added) timeline.stop();
    this.#added = [];
  }

  /** What became of each entry. */
  get timeline(): readonly TimelineReport[] {
    return this.#timelines.flatMap(({ report }) => report);
  }

  get timelineProgress(): TimelineProgress {
    return this.#timeline.progress;
  }

  resumeTimeline(progress: TimelineProgress): void {
    this.#dropAdded();
    this.#timeline.resume(progress);
  }

  /** The organization is served no more. */
  stop(): void {
    this.#dropAdded();
    this.#timeline.stop();
  }

  get suite(): Suite {
    const { definition, id, runtime } = this.#organization;
    this.#organization.settle();
    const { timeline } = this;
    const verdicts = [
      ...this.#silence(),
      ...this.#followed.map(({ compiled, place, tracker, gap }): Verdict => {
        const { name, expected } = compiled;
        return { name, expected, place, ...tracker.verifier(gap) };
      }),
      ...timeline
        .filter(({ status }) => status === 'failed')
        .map(
          ({ action, when, place, reason }): Verdict => ({
            name: `timeline: ${action} ${when}`,
            expected: `${action} ${when}`,
            place,
            status: 'failed',
            reason: `it could not be done: ${reason}`,
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

  /** Expectations that saw nothing at all prove nothing. */
  #silence(): readonly Verdict[] {
    if (this.#exchanges > 0 || this.#followed.length === 0 || this.#options.allowSilent) return [];
    const file = this.#followed[0]!.place?.file;
    return [
      {
        name: 'requests came',
        expected: 'at least one request of this organization (`allow_silent: true` does without)',
        place: file === undefined ? undefined : { file, line: 1, column: 1 },
        status: 'failed',
        reason: 'no request came at all: is the system under test told the right base URL and credentials?',
      },
    ];
  }
}
