type Step = string;

/** Credentials, which only one organization can have, by their places; `*` is each item of a list. */
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

const PLACES: readonly (readonly Step[])[] = CREDENTIALS.map((place) => place.split('.'));

/** The same scenario file without credentials, which can be served many times. */
export const withoutCredentials = <File extends object>(file: File): File =>
  PLACES.reduce<unknown>((rest, steps) => without(rest, steps), { ...file, credentials: undefined }) as File;

function without(value: unknown, [step, ...steps]: readonly Step[]): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((each) => without(each, steps)) : value;
  if (!Object.hasOwn(value, step)) return value;
  const { [step]: member, ...rest } = value as Readonly<Record<string, unknown>>;
  return steps.length === 0 ? rest : { ...rest, [step]: without(member, steps) };
}
