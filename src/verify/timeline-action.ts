import { type FaultTable, type ReadyFault, readyFault } from '../exchange/faults/fault-table.ts';
import type { Tenant } from '../exchange/tenant.ts';
import { ActionError } from '../organization/portal/action-error.ts';
import { performAction } from '../organization/portal/perform-action.ts';
import type { TimelineEntry } from '../scenario/timeline.ts';

/** An entry of the timeline whose faults can be set at once. */
export interface ReadyEntry {
  readonly entry: TimelineEntry;
  readonly faults: readonly ReadyFault[];
}

export const readyTimeline = (entries: readonly TimelineEntry[]): Promise<readonly ReadyEntry[]> =>
  Promise.all(
    entries.map(async (entry) => {
      const { action } = entry;
      const faults = 'set_faults' in action ? await Promise.all(action.set_faults.map(readyFault)) : [];
      return { entry, faults };
    }),
  );

/** @throws Error where it cannot be done */
export function performEntry(
  { organization, faults: table }: Pick<Tenant, 'organization' | 'faults'>,
  { entry: { action }, faults }: ReadyEntry,
  due: number | undefined,
): void {
  if ('set_faults' in action) for (const fault of faults) table.set(fault);
  else if ('clear_faults' in action) clear(table, action.clear_faults);
  else performAction(organization, action, due);
}

function clear(table: FaultTable, which: true | readonly string[]): void {
  if (which === true) {
    table.clear();
    return;
  }
  const unknown = which.find((id) => !table.faults.some((fault) => fault.id === id));
  if (unknown !== undefined) {
    throw new ActionError(
      `no fault ${JSON.stringify(unknown)} is set`,
      'give the fault that id where it is set',
    );
  }
  for (const id of which) table.remove(id);
}
