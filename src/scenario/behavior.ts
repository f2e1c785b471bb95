import type { BehaviorSettings } from '../services/behavior.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { behaviorSchema } from './schema/behavior.ts';

/** @throws ScenarioError */
export async function parseBehavior(value: unknown): Promise<BehaviorSettings> {
  return (await validate(valueSource('behavior', value), behaviorSchema)) as BehaviorSettings;
}
