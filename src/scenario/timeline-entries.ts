import * as z from 'zod/mini';
import type { Catalog } from '../engine/catalog.ts';
import { ScenarioError } from './reading/problem.ts';
import { problemsAt } from './reading/problems-at.ts';
import { validate } from './reading/validate.ts';
import { valueSource } from './reading/value-source.ts';
import { type TimelineFile, timelineEntrySchema } from './schema/timeline.ts';
import type { TimelineEntry } from './timeline.ts';
import { toTimelineEntry } from './verification.ts';
import { verificationFindings } from './verification-checks.ts';

const listSchema = z.strictObject({ timeline: z.array(timelineEntrySchema) });

/** Entries of a timeline, as a scenario has them. @throws ScenarioError */
export async function parseTimeline(
  entries: readonly unknown[],
  catalog: Catalog,
): Promise<readonly TimelineEntry[]> {
  const source = valueSource('organization', { timeline: entries });
  const { timeline } = (await validate(source, listSchema)) as { readonly timeline: TimelineFile[] };
  const findings = await verificationFindings({ timeline }, { catalog, servers: [] });
  if (findings.length > 0) throw new ScenarioError(problemsAt(source, findings), source.lines);
  return timeline.map((entry) => toTimelineEntry(entry, undefined));
}
