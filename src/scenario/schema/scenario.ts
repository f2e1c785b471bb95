import * as z from 'zod/mini';
import type { Catalog } from '../../engine/catalog.ts';
import { described, filledText, instantText } from './texts.ts';

const aboutSchema = z.strictObject({
  story: described(filledText, "Apple's behavior"),
  threads: described(z.array(z.url()).check(z.minLength(1)), 'public reports of the incident'),
  good_mdm: described(filledText, 'what a correct MDM does'),
});

const clockSchema = z.union([
  z.pipe(
    instantText,
    z.transform((at) => ({ at, rate: undefined })),
  ),
  z.strictObject({
    at: described(z.optional(instantText), 'default: now'),
    rate: described(
      z.optional(z.number().check(z.minimum(0), z.maximum(100_000))),
      'virtual seconds per real second; 0 stops the clock',
    ),
  }),
]);

/** Members with short schemas, or that most files have. */
const COMMON = {
  name: described(filledText, 'name of the scenario'),
  about: described(
    z.optional(aboutSchema),
    'makes the file an incident: what happened, and what a correct MDM does',
  ),
  seed: described(z.optional(z.union([z.int(), filledText])), 'the same seed generates the same data'),
  clock: described(z.optional(clockSchema), 'start of the virtual clock; default: real time'),
  client_time: described(
    z.optional(z.enum(['wall', 'virtual'])),
    'clock that the system under test uses for timestamps',
  ),
  credentials: described(
    z.optional(z.enum(['as_written', 'generate'])),
    'generate: ignore the credentials in this file and generate new ones, so that the file can be loaded several times',
  ),
  depsim: described(z.optional(z.boolean()), "true: accept the credentials of Apple's former simulator"),
};

const LAST = {
  allow_silent: described(z.optional(z.boolean()), 'true: expectations can pass although no request came'),
};

/** Members with large schemas. Each schema is loaded only if the file has the member. */
const SECTIONS = {
  organization: async () => {
    const { accountSchema } = await import('./organization.ts');
    return described(
      z.optional(accountSchema),
      'the organization in Apple Business Manager; default: generated',
    );
  },
  mdm_servers: async () => {
    const { mdmServerSchema } = await import('./organization.ts');
    const servers = z.array(mdmServerSchema).check(z.minLength(1));
    return described(z.optional(servers), 'MDM servers in the portal; default: one');
  },
  devices: async () => {
    const { deviceItemSchema } = await import('./devices.ts');
    return described(
      z.optional(z.array(deviceItemSchema)),
      'devices that the organization owns, listed or generated',
    );
  },
  push: async () => {
    const { pushSchema } = await import('./push.ts');
    return described(z.optional(pushSchema), 'push topic, team, keys and revocations');
  },
  locations: async () => {
    const { locationSchema } = await import('./content.ts');
    return described(
      z.optional(z.array(locationSchema)),
      'locations of Apps and Books; default: one without assets',
    );
  },
  apps: async () => {
    const { appSchema } = await import('./content.ts');
    return described(
      z.optional(z.array(appSchema)),
      'facts about apps and books in the store; missing facts are generated from the Adam ID',
    );
  },
  managed_apple_accounts: async () =>
    described(
      z.optional(z.array(filledText)),
      'Managed Apple Accounts of the organization; default: accept every account',
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
    return described(z.optional(webhooksSchema), 'allowed URLs for notifications of Apps and Books');
  },
  behavior: async ({ behavior }: Catalog) => {
    const { behaviorSchema } = await import('./behavior.ts');
    return described(z.optional(behaviorSchema(behavior)), 'behavior settings of the simulated services');
  },
  faults: async () => {
    const { faultSchema } = await import('./faults.ts');
    return described(z.optional(z.array(faultSchema)), 'faults of the requests of this organization');
  },
  server_faults: async () => {
    const { faultSchema } = await import('./faults.ts');
    return described(
      z.optional(z.array(faultSchema)),
      'faults of the server, before a request is matched to an organization; only in the default organization',
    );
  },
  state: async ({ areas }: Catalog) => {
    const { stateSchemaFor } = await import('./state.ts');
    return described(
      z.optional(stateSchemaFor(areas)),
      'state of a running organization, as exports contain it; can be written by hand',
    );
  },
  timeline: async ({ areas }: Catalog) => {
    const { timelineEntrySchemaFor } = await import('./timeline.ts');
    return described(
      z.optional(z.array(await timelineEntrySchemaFor(areas))),
      'actions that run at a time or after requests',
    );
  },
  expect: async () => {
    const { expectationSchema } = await import('./expectations.ts');
    return described(z.optional(z.array(expectationSchema)), 'what the system under test must send');
  },
};

type Section = keyof typeof SECTIONS;

type Sections = { readonly [Name in Section]: Awaited<ReturnType<(typeof SECTIONS)[Name]>> };

type ScenarioSchema = z.ZodMiniObject<typeof COMMON & Sections & typeof LAST, z.core.$strict>;

export type ScenarioFile = z.output<ScenarioSchema>;

const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[];

/** Schema of a section that is not loaded. */
const ABSENT = z.optional(z.unknown());

async function schemaWith(catalog: Catalog, isPresent: (name: Section) => boolean): Promise<ScenarioSchema> {
  const sections = await Promise.all(
    SECTION_NAMES.map(
      async (name) => [name, isPresent(name) ? await SECTIONS[name](catalog) : ABSENT] as const,
    ),
  );
  // The type claims every section. The file has none of the sections that are not loaded.
  const shape = { ...COMMON, ...(Object.fromEntries(sections) as unknown as Sections), ...LAST };
  if (catalog.areas.length === 0) return z.strictObject(shape);
  const { areaSections } = await import('./state.ts');
  return z.strictObject({ ...shape, ...areaSections(catalog.areas) }) as unknown as ScenarioSchema;
}

/**
 * The schema of a scenario file, with the sections that this file has.
 *
 * @param catalog of the services that the scenario is for
 */
export const scenarioSchemaFor = (file: unknown, catalog: Catalog): Promise<ScenarioSchema> =>
  schemaWith(catalog, (name) => typeof file === 'object' && file !== null && Object.hasOwn(file, name));

/** The schema of a scenario file with all sections. */
export async function fullScenarioSchema(catalog: Catalog): Promise<ScenarioSchema> {
  const schema = await schemaWith(catalog, () => true);
  return schema.register(z.globalRegistry, {
    title: 'Crabapple scenario',
    description: 'One organization of the simulated Apple.',
  });
}
