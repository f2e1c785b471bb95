type Step = string;

/** What only one organization can hold, by where it stands; `*` is each of a list. */
const CREDENTIALS = [
  'mdm_servers.*.server_token',
  'devices.*.push_token',
  'push.topic',
  'push.keys.*.key_id',
  'push.keys.*.related_key',
  'locations.*.content_tokens.*.token',
  'state.organization_id',
  'state.enrollment.mdm_servers.*.server_tokens',
  'state.enrollment.mdm_servers.*.sessions',
  'state.push.registrations.*.token',
  'state.push.tokens',
  'state.push.former_tokens',
  'state.push.keys',
  'state.locations.*.tokens',
];

const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Below `state` a file that was checked has the names of the program. */
const PLACES: readonly (readonly Step[])[] = CREDENTIALS.flatMap((place) => {
  const [root = '', area = '', ...steps] = place.split('.');
  return root === 'state'
    ? [
        [root, area, ...steps],
        [root, area, ...steps.map(camelCase)],
      ]
    : [[root, area, ...steps].filter((step) => step !== '')];
});

/** A scenario file, as it is written or as it was checked, that can be served many times. */
export const withoutCredentials = <File extends object>(file: File): File =>
  PLACES.reduce<unknown>((rest, steps) => without(rest, steps), { ...file, credentials: undefined }) as File;

function without(value: unknown, [step, ...steps]: readonly Step[]): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((each) => without(each, steps)) : value;
  if (!Object.hasOwn(value, step)) return value;
  const { [step]: member, ...rest } = value as Readonly<Record<string, unknown>>;
  return steps.length === 0 ? rest : { ...rest, [step]: without(member, steps) };
}
