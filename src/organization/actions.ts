import { ActionError } from './area.ts';
import { CORE_AREAS } from './areas.ts';
import type { ContentActions } from './content/actions.ts';
import type { EnrollmentActions } from './enrollment/actions.ts';
import type { Organization } from './organization.ts';
import type { PushActions } from './push/actions.ts';

/** The argument of each portal action of Apple's services. Other areas have theirs checked at run time. */
export interface Actions extends EnrollmentActions, PushActions, ContentActions {}

export type ActionName = keyof Actions;

/** Something that an administrator does in Apple's portal, or that happens to devices. Plain data with one member. */
export type Action = { [Name in ActionName]: { readonly [Only in Name]: Actions[Name] } }[ActionName];

/** Names of the actions of every organization. */
export const ACTION_NAMES = CORE_AREAS.flatMap(({ actions }) =>
  Object.keys(actions),
) as readonly ActionName[];

/** How many changes an action made. */
export interface ActionResult {
  readonly changes: number;
}

/**
 * @param at the virtual time at which the action was due; now if not given
 * @throws ActionError if the action cannot be performed; nothing was changed
 */
export function performAction(organization: Organization, action: Action, at?: number): ActionResult {
  // Tasks that are due come first: everything happens in the order of virtual time.
  if (at === undefined) organization.runDueTasks();
  const [[name, argument] = ['', undefined]] = Object.entries(action);
  const area = organization.areas.find(({ actions }) => Object.hasOwn(actions, name));
  const changesOf = area?.actions[name];
  if (changesOf === undefined)
    throw new ActionError(`there is no action ${JSON.stringify(name)}`, 'see the list of portal actions');
  const changes = changesOf(organization, argument as never);
  for (const change of changes) organization.apply(change, at);
  return { changes: changes.length };
}
