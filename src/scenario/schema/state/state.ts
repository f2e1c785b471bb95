import * as z from 'zod/mini';
import { faultSchema } from '../faults.ts';
import { described, filledText, instantText } from '../texts.ts';
import { locationState } from './content.ts';
import { deviceName, enrollmentState } from './enrollment.ts';
import { pushState } from './push.ts';
import { count, position, record } from './record.ts';

const planned = described(
  record({
    at: instantText,
    throttle_ends: z.optional(z.array(deviceName)),
    event_processed: z.optional(record({ location: count, event_id: filledText })),
  }),
  'what falls due by itself',
);

const organization = {
  organization_id: described(
    z.optional(filledText),
    'id of the organization then: credentials that are made up go by it',
  ),
  begun: z.optional(record({ at: instantText, wall_at: instantText })),
  changes: z.optional(count),
  identifiers: described(z.optional(z.record(z.string(), count)), 'how many of each kind were handed out'),
  client_times: described(
    z.optional(z.array(z.tuple([z.string(), z.number()]))),
    'what clients had stamped, and how far the virtual clock was from the real one',
  ),
  planned: z.optional(z.array(planned)),
  enrollment: z.optional(enrollmentState),
  push: z.optional(pushState),
  locations: z.optional(z.array(locationState)),
};

/** What `Organization.tell` says, as a file has it. */
export const organizationState = record(organization);

const faultState = z.strictObject({
  id: filledText,
  fault: faultSchema,
  from: z.optional(instantText),
  until: z.optional(instantText),
  matched: count,
  applied: count,
  random: position,
  buckets: z.optional(z.array(z.tuple([z.string(), z.number(), z.number()]))),
});

const timelineState = z.strictObject({
  started_at: instantText,
  real_time_since: described(count, 'milliseconds of real time since then'),
  entries: z.array(
    z.strictObject({
      left: described(count, 'exchanges until it is due'),
      status: z.enum(['pending', 'done', 'failed']),
      at: z.optional(instantText),
      reason: z.optional(z.string()),
    }),
  ),
});

/** What has become of everything above, as exported snapshots tell it. */
export const stateSchema = described(
  z.strictObject({
    ...organization,
    faults: described(
      z.optional(z.array(faultState)),
      'in place of those above, with how often they were applied',
    ),
    server_faults: z.optional(z.array(faultState)),
    timeline: described(z.optional(timelineState), 'how far the timeline has come'),
  }),
  'what has become of what the file describes, as exported snapshots tell it; what is left out is as at the beginning',
);

export type StateFile = z.output<typeof stateSchema>;
