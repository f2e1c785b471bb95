import * as z from 'zod';
import { behaviourSchema } from './behaviour.ts';
import { deviceItemSchema } from './devices.ts';
import { faultSchema } from './faults.ts';
import { accountSchema, mdmServerSchema } from './organization.ts';
import { pushSchema } from './push.ts';
import { filledText, instantText } from './texts.ts';

const clockSchema = z.union([
  instantText.transform((at) => ({ at, rate: undefined })),
  z.strictObject({
    at: instantText.optional(),
    rate: z
      .number()
      .min(0)
      .max(100_000)
      .optional()
      .meta({ description: 'virtual time in a real one; 0 freezes' }),
  }),
]);

/** A scenario file: one organization of the simulated Apple. */
export const scenarioSchema = z
  .strictObject({
    name: filledText.meta({ description: 'what the story is about' }),
    seed: z.union([z.int(), filledText]).optional().meta({ description: 'same seed, same generated things' }),
    clock: clockSchema
      .optional()
      .meta({ description: 'virtual time runs on from here; real time where not given' }),
    client_time: z.enum(['wall', 'virtual']).optional().meta({
      description: 'whose clock the system under test stamps its requests with',
    }),
    credentials: z.enum(['as_written', 'generate']).optional().meta({
      description: 'generate: leave out the server tokens of this file, so that it can be served many times',
    }),
    depsim: z
      .boolean()
      .optional()
      .meta({ description: "accept the credentials of Apple's former simulator" }),
    organization: accountSchema.optional(),
    mdm_servers: z.array(mdmServerSchema).min(1).optional(),
    devices: z.array(deviceItemSchema).optional(),
    push: pushSchema.optional(),
    behaviour: behaviourSchema.optional(),
    faults: z.array(faultSchema).optional(),
  })
  .meta({ title: 'Crabapple scenario', description: 'One organization of the simulated Apple.' });

export type ScenarioFile = z.output<typeof scenarioSchema>;
