import type { Area } from './area.ts';
import { contentArea } from './content/area.ts';
import { enrollmentArea } from './enrollment/area.ts';
import { pushArea } from './push/area.ts';
import { behaviorArea, clientTimesArea, clockArea, identifiersArea, plannedArea } from './runtime-areas.ts';

/** The areas of every organization. An area is before those that read it. */
export const CORE_AREAS: readonly Area[] = [
  clockArea,
  behaviorArea,
  identifiersArea,
  clientTimesArea,
  enrollmentArea,
  pushArea,
  contentArea,
  plannedArea,
];
