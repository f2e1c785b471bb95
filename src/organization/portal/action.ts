import type { Change } from '../change.ts';
import type { Organization } from '../organization.ts';
import type { ContentActions } from './content-actions.ts';
import type { EnrollmentActions } from './enrollment-actions.ts';
import type { PushActions } from './push-actions.ts';

/** What each action takes, by its name. */
export type Actions = EnrollmentActions & PushActions & ContentActions;

export type ActionName = keyof Actions;

/** Something that an administrator does in Apple's portal, or that happens to devices. Plain data, one member each. */
export type Action = { [Name in ActionName]: { readonly [Only in Name]: Actions[Name] } }[ActionName];

/** What each action of an area alters. Looks, throws ActionError where it cannot be done, and alters nothing itself. */
export type ActionTable<AreaActions> = {
  readonly [Name in keyof AreaActions]: (
    organization: Organization,
    argument: AreaActions[Name],
  ) => readonly Change[];
};
