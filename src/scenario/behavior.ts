import type { Catalog } from '../engine/catalog.ts';
import type { BehaviorSettings } from '../organization/behavior.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { behaviorSchema } from './schema/behavior.ts';

/** @throws ScenarioError */
export async function parseBehavior(value: unknown, { behavior }: Catalog): Promise<BehaviorSettings> {
  return (await validate(valueSource('behavior', value), behaviorSchema(behavior))) as BehaviorSettings;
}
