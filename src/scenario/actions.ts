import type { Action } from '../organization/portal/action.ts';
import { readSource } from './reading/source.ts';
import { validate } from './reading/validate.ts';
import { actionSchema } from './schema/actions.ts';

/** @throws ScenarioError */
export async function parseAction(value: unknown): Promise<Action> {
  const source = await readSource('action', JSON.stringify(value, undefined, 2) ?? '');
  return validate(source, actionSchema) as Action;
}
