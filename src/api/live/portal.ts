import { ACTION_NAMES } from '../../organization/actions.ts';
import type { Action } from '../../scenario/scenario-types.ts';
import type { ActionResult, Portal } from '../portal.ts';

/** `add_devices` is `addDevices()`. */
export const methodOf = (action: string): string =>
  action.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A method for each action there is. */
export const portalOf = (act: (action: Action) => Promise<ActionResult>): Portal =>
  Object.fromEntries(
    ACTION_NAMES.map((name) => [
      methodOf(name),
      (argument: unknown = true) => act({ [name]: argument } as Action),
    ]),
  ) as unknown as Portal;
