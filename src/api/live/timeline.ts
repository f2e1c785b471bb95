import type { Tenant } from '../../engine/tenant.ts';
import type { TimelineEntry } from '../../scenario/scenario-types.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { readyTimeline } from '../../verify/timeline.ts';
import type { TimelineReport } from '../../verify/timeline-report.ts';
import type { Timeline } from '../timeline.ts';

/** The timeline of whichever organization is asked for. */
export class LiveTimeline implements Timeline {
  readonly #core: SimulatedApple;
  readonly #tenant: () => Tenant;

  constructor(core: SimulatedApple, tenant: () => Tenant) {
    this.#core = core;
    this.#tenant = tenant;
  }

  get list(): readonly TimelineReport[] {
    const tenant = this.#tenant();
    tenant.organization.settle();
    return structuredClone(this.#core.verifierOf(tenant).timeline);
  }

  async add(...entries: readonly TimelineEntry[]): Promise<void> {
    const { parseTimeline } = await import('../../scenario/timeline-entries.ts');
    const ready = await readyTimeline(await parseTimeline(entries, this.#core.engine.catalog));
    this.#core.verifierOf(this.#tenant()).addTimeline(ready);
  }
}
