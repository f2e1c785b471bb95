import * as z from 'zod';
import { behaviourSchema } from './behaviour.ts';
import { appSchema, locationSchema, metadataKeySchema, webhooksSchema } from './content.ts';
import { deviceItemSchema } from './devices.ts';
import { expectationSchema } from './expectations.ts';
import { faultSchema } from './faults.ts';
import { accountSchema, mdmServerSchema } from './organization.ts';
import { pushSchema } from './push.ts';
import { filledText, instantText } from './texts.ts';
import { timelineEntrySchema } from './timeline.ts';

const aboutSchema = z.strictObject({
  story: filledText.meta({ description: 'what Apple does' }),
  threads: z.array(z.url()).min(1).meta({ description: 'where somebody met it, or Apple says so' }),
  good_mdm: filledText.meta({ description: 'what a good MDM does' }),
});

const clockSchema = z.union([
  instantText.transform((at) => ({ at, rate: undefined })),
  z.strictObject({
    at: instantText.optional().meta({ description: 'now where not given' }),
    rate: z
      .number()
      .min(0)
      .max(100_000)
      .optional()
      .meta({ description: 'virtual time in a real one; 0 freezes' }),
  }),
]);

/** Title and description for editors. */
export const ABOUT = { title: 'Crabapple scenario', description: 'One organization of the simulated Apple.' };

/** A scenario file that begins at the beginning, as most do: what others say of their state takes long to load. */
export const scenarioSchema = z
  .strictObject({
    name: filledText.meta({ description: 'what the story is about' }),
    about: aboutSchema
      .optional()
      .meta({ description: 'what happened to whom, and what a good MDM does: makes the file a quirk' }),
    seed: z.union([z.int(), filledText]).optional().meta({ description: 'same seed, same generated things' }),
    clock: clockSchema
      .optional()
      .meta({ description: 'virtual time runs on from here; real time where not given' }),
    client_time: z.enum(['wall', 'virtual']).optional().meta({
      description: 'whose clock the system under test stamps its requests with',
    }),
    credentials: z.enum(['as_written', 'generate']).optional().meta({
      description: 'generate: leave out the credentials of this file, so that it can be served many times',
    }),
    depsim: z
      .boolean()
      .optional()
      .meta({ description: "accept the credentials of Apple's former simulator" }),
    organization: accountSchema
      .optional()
      .meta({ description: 'whose Apple Business Manager this is; made up where not given' }),
    mdm_servers: z
      .array(mdmServerSchema)
      .min(1)
      .optional()
      .meta({ description: 'MDM servers of the portal; one where not given' }),
    devices: z
      .array(deviceItemSchema)
      .optional()
      .meta({ description: 'devices that it owns, named or by the number' }),
    push: pushSchema.optional().meta({ description: 'what the push service knows of it beside its devices' }),
    locations: z
      .array(locationSchema)
      .optional()
      .meta({ description: 'locations of Apps and Books; one without assets where not given' }),
    apps: z.array(appSchema).optional().meta({
      description: 'facts of apps and books in the store; what is left out is made up from the number',
    }),
    managed_apple_accounts: z
      .array(filledText)
      .optional()
      .meta({ description: "the organization's; every one is taken for its own where not given" }),
    metadata_keys: z
      .array(metadataKeySchema)
      .optional()
      .meta({ description: 'keys that sign developer tokens for the catalogue' }),
    webhooks: webhooksSchema.optional().meta({ description: 'where notifications of Apps and Books may go' }),
    behaviour: behaviourSchema
      .optional()
      .meta({ description: 'what Apple leaves open, or does one way or another' }),
    faults: z.array(faultSchema).optional().meta({ description: 'what goes wrong with its requests' }),
    server_faults: z.array(faultSchema).optional().meta({
      description:
        'faults of the whole server, before a request has an organization; of the default organization',
    }),
    // whole-scenario.ts says what stands there.
    state: z.unknown().optional(),
    timeline: z
      .array(timelineEntrySchema)
      .optional()
      .meta({ description: 'what happens in the portal, by time or by traffic' }),
    expect: z.array(expectationSchema).optional().meta({ description: 'what the system under test must do' }),
    allow_silent: z
      .boolean()
      .optional()
      .meta({ description: 'true: expectations may hold where no request came at all' }),
  })
  .meta(ABOUT);
