import type { Change } from '../change.ts';
import type { Organization } from '../organization.ts';
import type { Action, ActionName, Actions, ActionTable } from './action.ts';
import { CONTENT_ACTIONS } from './content-action-table.ts';
import { ENROLLMENT_ACTIONS } from './enrollment-action-table.ts';
import { PUSH_ACTIONS } from './push-action-table.ts';

const ACTIONS: ActionTable<Actions> = { ...ENROLLMENT_ACTIONS, ...PUSH_ACTIONS, ...CONTENT_ACTIONS };

/** How many changes an action made. */
export interface ActionResult {
  readonly changes: number;
}

/**
 * @param at the virtual time of what falls due by itself; now where not given
 * @throws ActionError with nothing altered
 */
export function performAction(organization: Organization, action: Action, at?: number): ActionResult {
  // What falls due is done in its turn: nothing that is due later may come before it.
  if (at === undefined) organization.runDueTasks();
  const [name, argument] = Object.entries(action)[0] as [ActionName, never];
  const changesOf = ACTIONS[name] as (organization: Organization, argument: never) => readonly Change[];
  const changes = changesOf(organization, argument);
  for (const change of changes) organization.apply(change, at);
  return { changes: changes.length };
}
