import type * as z from 'zod';
import { ABOUT, scenarioSchema } from './scenario.ts';
import { stateSchema } from './state/state.ts';

/** A scenario file: one organization of the simulated Apple. */
export const wholeScenarioSchema = scenarioSchema
  .extend({
    state: stateSchema
      .optional()
      .meta({ description: 'what has become of it, as exported snapshots tell it; can be written by hand' }),
  })
  .meta(ABOUT);

export type ScenarioFile = z.output<typeof wholeScenarioSchema>;
