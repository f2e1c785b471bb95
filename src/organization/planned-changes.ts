import type { Scheduler } from '../core/scheduler.ts';
import type { Change } from './change.ts';
import type { PlannedChange } from './saved.ts';

/** Changes that others have made due, each of which shall happen once. */
export class PlannedChanges {
  readonly #scheduler: Scheduler;
  readonly #apply: (change: Change, due: number) => void;
  readonly #planned = new Set<PlannedChange>();

  constructor(scheduler: Scheduler, apply: (change: Change, due: number) => void) {
    this.#scheduler = scheduler;
    this.#apply = apply;
  }

  get all(): readonly PlannedChange[] {
    return [...this.#planned];
  }

  readonly add = (at: number, change: Change): void => {
    const planned = { at, change };
    this.#planned.add(planned);
    this.#scheduler.schedule(at, (due) => {
      if (this.#planned.delete(planned)) this.#apply(change, due);
    });
  };

  /** What fell due then, and is told of, shall not fall due again. */
  drop(at: number, change: Change): void {
    const told = JSON.stringify(change);
    for (const planned of this.#planned) {
      if (planned.at !== at || JSON.stringify(planned.change) !== told) continue;
      this.#planned.delete(planned);
      return;
    }
  }

  clear(): void {
    this.#planned.clear();
  }
}
