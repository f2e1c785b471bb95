import type { BehaviourSettings } from '../services/behavior.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { behaviourSchema } from './schema/behavior.ts';

/** @throws ScenarioError */
export async function parseBehaviour(value: unknown): Promise<BehaviourSettings> {
  return (await validate(valueSource('behaviour', value), behaviourSchema)) as BehaviourSettings;
}
