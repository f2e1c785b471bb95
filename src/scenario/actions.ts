import type { Action } from '../organization/actions.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { actionSchema } from './schema/actions.ts';

/** @throws ScenarioError */
export async function parseAction(value: unknown): Promise<Action> {
  return (await validate(valueSource('action', value), actionSchema)) as Action;
}
