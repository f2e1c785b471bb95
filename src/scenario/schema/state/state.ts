import * as z from 'zod';
import { faultSchema } from '../faults.ts';
import { filledText, instantText } from '../texts.ts';
import { locationState } from './content.ts';
import { deviceName, enrollmentState } from './enrollment.ts';
import { pushState } from './push.ts';
import { count, position, record } from './record.ts';

const planned = record({
  at: instantText,
  throttle_ends: z.array(deviceName).optional(),
  event_processed: record({ location: count, event_id: filledText }).optional(),
}).meta({ description: 'what falls due by itself' });

const organization = {
  organization_id: filledText
    .optional()
    .meta({ description: 'id of the organization then: credentials that are made up go by it' }),
  begun: record({ at: instantText, wall_at: instantText }).optional(),
  changes: count.optional(),
  identifiers: z
    .record(z.string(), count)
    .optional()
    .meta({ description: 'how many of each kind were handed out' }),
  client_times: z
    .array(z.tuple([z.string(), z.number()]))
    .optional()
    .meta({ description: 'what clients had stamped, and how far the virtual clock was from the real one' }),
  planned: z.array(planned).optional(),
  enrollment: enrollmentState.optional(),
  push: pushState.optional(),
  locations: z.array(locationState).optional(),
};

/** What `Organization.tell` says, as a file has it. */
export const organizationState = record(organization);

const faultState = z.strictObject({
  id: filledText,
  fault: faultSchema,
  from: instantText.optional(),
  until: instantText.optional(),
  matched: count,
  struck: count,
  random: position,
  buckets: z.array(z.tuple([z.string(), z.number(), z.number()])).optional(),
});

const timelineState = z.strictObject({
  started_at: instantText,
  real_time_since: count.meta({ description: 'milliseconds of real time since then' }),
  entries: z.array(
    z.strictObject({
      left: count.meta({ description: 'exchanges until it is due' }),
      status: z.enum(['pending', 'done', 'failed']),
      at: instantText.optional(),
      reason: z.string().optional(),
    }),
  ),
});

/** What has become of everything above, as exported snapshots tell it. */
export const stateSchema = z
  .strictObject({
    ...organization,
    faults: z
      .array(faultState)
      .optional()
      .meta({ description: 'in place of those above, with what they have struck' }),
    server_faults: z.array(faultState).optional(),
    timeline: timelineState.optional().meta({ description: 'how far the timeline has come' }),
  })
  .meta({
    description:
      'what has become of what the file describes, as exported snapshots tell it; what is left out is as at the beginning',
  });

export type StateFile = z.output<typeof stateSchema>;
