import type { BehaviourSettings } from '../catalogue/behaviour.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { behaviourSchema } from './schema/behaviour.ts';

/** @throws ScenarioError */
export async function parseBehaviour(value: unknown): Promise<BehaviourSettings> {
  return (await validate(valueSource('behaviour', value), behaviourSchema)) as BehaviourSettings;
}
