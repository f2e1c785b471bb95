import { type FaultTable, readyFault } from '../engine/faults/fault-table.ts';
import { performAction } from '../organization/actions.ts';
import { ActionError } from '../organization/area.ts';
import type { TimelineEntry } from '../scenario/verification.ts';
import type { ReadyEntry } from './timeline.ts';

/** Prepares an entry of the timeline: compiles its faults. */
export async function readyEntry(entry: TimelineEntry): Promise<ReadyEntry> {
  const { action } = entry;
  if ('set_faults' in action) {
    const ready = await Promise.all(action.set_faults.map(readyFault));
    return {
      entry,
      perform({ faults }) {
        for (const fault of ready) faults.set(fault);
      },
    };
  }
  return {
    entry,
    perform({ organization, faults }, due) {
      if ('clear_faults' in action) clear(faults, action.clear_faults);
      else performAction(organization, action, due);
    },
  };
}

function clear(table: FaultTable, which: true | readonly string[]): void {
  if (which === true) {
    table.clear();
    return;
  }
  const unknown = which.find((id) => !table.faults.some((fault) => fault.id === id));
  if (unknown !== undefined) {
    throw new ActionError(`no fault has the id ${JSON.stringify(unknown)}`, 'set the `id` of the fault');
  }
  for (const id of which) table.remove(id);
}
