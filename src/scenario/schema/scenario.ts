import * as z from 'zod/mini';
import type { Catalog } from '../../engine/catalog.ts';
import { described } from './described.ts';
import { filledText, instantText } from './texts.ts';

const aboutSchema = z.strictObject({
  story: described(filledText, 'what Apple does'),
  threads: described(z.array(z.url()).check(z.minLength(1)), 'where somebody met it, or Apple says so'),
  good_mdm: described(filledText, 'what a good MDM does'),
});

const clockSchema = z.union([
  z.pipe(
    instantText,
    z.transform((at) => ({ at, rate: undefined })),
  ),
  z.strictObject({
    at: described(z.optional(instantText), 'now where not given'),
    rate: described(
      z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
      'virtual time in a real one; 0 freezes',
    ),
  }),
]);

/** What most files have, or is quickly said. */
const BEGINNING = {
  name: described(filledText, 'what the story is about'),
  about: described(
    z.optional(aboutSchema),
    'what happened to whom, and what a good MDM does: makes the file a incident',
  ),
  seed: described(z.optional(z.union([z.int(), filledText])), 'same seed, same generated things'),
  clock: described(z.optional(clockSchema), 'virtual time runs on from here; real time where not given'),
  client_time: described(
    z.optional(z.enum(['wall', 'virtual'])),
    'whose clock the system under test stamps its requests with',
  ),
  credentials: described(
    z.optional(z.enum(['as_written', 'generate'])),
    'generate: leave out the credentials of this file, so that it can be served many times',
  ),
  depsim: described(z.optional(z.boolean()), "accept the credentials of Apple's former simulator"),
};

const END = {
  allow_silent: described(
    z.optional(z.boolean()),
    'true: expectations may hold where no request came at all',
  ),
};

/** Members in whose forms there is much, and most of which a file does without: each is loaded where it is there. */
const SECTIONS = {
  organization: async () => {
    const { accountSchema } = await import('./organization.ts');
    return described(
      z.optional(accountSchema),
      'whose Apple Business Manager this is; made up where not given',
    );
  },
  mdm_servers: async () => {
    const { mdmServerSchema } = await import('./organization.ts');
    const servers = z.array(mdmServerSchema).check(z.minLength(1));
    return described(z.optional(servers), 'MDM servers of the portal; one where not given');
  },
  devices: async () => {
    const { deviceItemSchema } = await import('./devices.ts');
    return described(z.optional(z.array(deviceItemSchema)), 'devices that it owns, named or by the number');
  },
  push: async () => {
    const { pushSchema } = await import('./push.ts');
    return described(z.optional(pushSchema), 'what the push service knows of it beside its devices');
  },
  locations: async () => {
    const { locationSchema } = await import('./content.ts');
    return described(
      z.optional(z.array(locationSchema)),
      'locations of Apps and Books; one without assets where not given',
    );
  },
  apps: async () => {
    const { appSchema } = await import('./content.ts');
    return described(
      z.optional(z.array(appSchema)),
      'facts of apps and books in the store; what is left out is made up from the number',
    );
  },
  managed_apple_accounts: async () =>
    described(
      z.optional(z.array(filledText)),
      "the organization's; every one is taken for its own where not given",
    ),
  metadata_keys: async () => {
    const { metadataKeySchema } = await import('./content.ts');
    return described(
      z.optional(z.array(metadataKeySchema)),
      'keys that sign developer tokens for the catalog',
    );
  },
  webhooks: async () => {
    const { webhooksSchema } = await import('./content.ts');
    return described(z.optional(webhooksSchema), 'where notifications of Apps and Books may go');
  },
  behavior: async ({ behavior }: Catalog) => {
    const { behaviorSchema } = await import('./behavior.ts');
    return described(
      z.optional(behaviorSchema(behavior)),
      'what Apple leaves open, or does one way or another',
    );
  },
  faults: async () => {
    const { faultSchema } = await import('./faults.ts');
    return described(z.optional(z.array(faultSchema)), 'what goes wrong with its requests');
  },
  server_faults: async () => {
    const { faultSchema } = await import('./faults.ts');
    return described(
      z.optional(z.array(faultSchema)),
      'faults of the whole server, before a request has an organization; of the default organization',
    );
  },
  state: async () => {
    const { stateSchema } = await import('./state/state.ts');
    return described(
      z.optional(stateSchema),
      'what has become of it, as exported snapshots tell it; can be written by hand',
    );
  },
  timeline: async () => {
    const { timelineEntrySchema } = await import('./timeline.ts');
    return described(
      z.optional(z.array(timelineEntrySchema)),
      'what happens in the portal, by time or by traffic',
    );
  },
  expect: async () => {
    const { expectationSchema } = await import('./expectations.ts');
    return described(z.optional(z.array(expectationSchema)), 'what the system under test must do');
  },
};

type Section = keyof typeof SECTIONS;

type Sections = { readonly [Name in Section]: Awaited<ReturnType<(typeof SECTIONS)[Name]>> };

type ScenarioSchema = z.ZodMiniObject<typeof BEGINNING & Sections & typeof END, z.core.$strict>;

export type ScenarioFile = z.output<ScenarioSchema>;

const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[];

/** Stands where the form of a section is not loaded. */
const ABSENT = z.optional(z.unknown());

async function schemaWith(catalog: Catalog, isThere: (name: Section) => boolean): Promise<ScenarioSchema> {
  const sections = await Promise.all(
    SECTION_NAMES.map(
      async (name) => [name, isThere(name) ? await SECTIONS[name](catalog) : ABSENT] as const,
    ),
  );
  // The type says more than is loaded; of the rest nothing is there.
  const shape = { ...BEGINNING, ...(Object.fromEntries(sections) as unknown as Sections), ...END };
  return z.strictObject(shape);
}

/** The form of a scenario file, as far as this one needs it. */
export const scenarioSchemaFor = (file: unknown, catalog: Catalog): Promise<ScenarioSchema> =>
  schemaWith(catalog, (name) => typeof file === 'object' && file !== null && Object.hasOwn(file, name));

/** The form of every scenario file: one organization of the simulated Apple. */
export async function wholeScenarioSchema(catalog: Catalog): Promise<ScenarioSchema> {
  const whole = await schemaWith(catalog, () => true);
  return whole.register(z.globalRegistry, {
    title: 'Crabapple scenario',
    description: 'One organization of the simulated Apple.',
  });
}
