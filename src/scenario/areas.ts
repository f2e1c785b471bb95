import { faultArea } from '../engine/faults/fault-area.ts';
import type { Area } from '../organization/area.ts';
import { timelineArea } from './timeline-progress.ts';

/** Areas of an organization that a scenario describes beside those of `organization/`. */
export const SCENARIO_AREAS: readonly Area[] = [faultArea, timelineArea];
