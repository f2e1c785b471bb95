/** What a scripted MDM server remembers from earlier responses. */
export interface Known {
  /** The cursor of the last page; undefined before the first one, and after an error. */
  readonly cursor: string | undefined;
  /** Cursors of all pages, in order. */
  readonly cursors: readonly string[];
  /** profile_uuid of each profile that it has defined, in order. */
  readonly profiles: readonly string[];
  /** Serial numbers in the order of the responses. */
  readonly serials: readonly string[];
  /** Events of Apps and Books that its requests created, in order. */
  readonly events: readonly string[];
  /** Versions of the data that it read, in order. */
  readonly versions: readonly string[];
}

interface Named {
  /** Unique within a story, so that a mutation can refer to it. */
  readonly name: string;
  /** Index of the MDM server. Default: the first. */
  readonly server?: number | undefined;
}

/** `GET /session`, signed with the server token. */
export interface SignIn extends Named {
  readonly kind: 'sign in';
  readonly version?: number | undefined;
  /** Signs with a wrong secret. */
  readonly forged?: boolean | undefined;
  /** Seconds by which the client's clock is ahead. */
  readonly ahead?: number | undefined;
}

export interface Call extends Named {
  readonly kind: 'call';
  readonly method: string;
  readonly path: string;
  /** Default: 10. `none`: without the header. */
  readonly version?: number | 'none' | undefined;
  readonly body?: object | ((known: Known) => object) | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: the latest session. */
  readonly session?: 'first' | 'none' | undefined;
}

/** A request to Apps and Books v2, with the content token. */
export interface ContentCall extends Named {
  readonly kind: 'content call';
  readonly method: string;
  /** Below `/mdm/v2`. */
  readonly path: string | ((known: Known) => string);
  readonly body?: object | undefined;
}

/** A push to the device with this serial number. */
export interface Push extends Named {
  readonly kind: 'push';
  readonly serial: string;
  /** Default: the current one of the device. `first`: the one at the first push. */
  readonly magic?: 'first' | string | undefined;
  readonly token?: 'first' | string | undefined;
  readonly topic?: string | undefined;
  /** Seconds since 1970. */
  readonly expiration?: number | undefined;
}

/** Pushes to a number of devices, in the order of the inventory. */
export interface Wave extends Named {
  readonly kind: 'wave';
  readonly from: number;
  readonly count: number;
  /** Default: the one of the device. */
  readonly magic?: string | undefined;
}

/** Switches to the current server token of the portal. */
export interface TakeToken extends Named {
  readonly kind: 'take token';
}

export interface Wait extends Named {
  readonly kind: 'wait';
  /** Milliseconds of virtual time. */
  readonly time: number;
}

/** One step of a scripted MDM server. Plain data, so that a mutation can change it. */
export type Step = SignIn | Call | ContentCall | Push | Wave | TakeToken | Wait;

export type Story = readonly Step[];

type Rest<Kind extends Step> = Omit<Kind, 'kind' | 'name'>;

export const signIn = (name = 'sign in', rest: Rest<SignIn> = {}): SignIn => ({
  kind: 'sign in',
  name,
  ...rest,
});

type More = Partial<Rest<Call>>;

const call = (method: string, path: string, name: string, rest: More = {}): Call => ({
  kind: 'call',
  name,
  method,
  path,
  ...rest,
});

export const account = (name = 'account', rest?: More): Call => call('GET', '/account', name, rest);

/** The first page of the device list. */
export const walk = (name = 'walk', rest: More = {}, limit = 1000): Call =>
  call('POST', '/server/devices', name, { body: { limit }, ...rest });

/** The next page of the device list. */
export const walkOn = (name: string, rest: More = {}, limit = 1000): Call =>
  call('POST', '/server/devices', name, { body: ({ cursor }: Known) => ({ limit, cursor }), ...rest });

export const sync = (name = 'sync', rest: More = {}): Call =>
  call('POST', '/devices/sync', name, { body: ({ cursor }: Known) => ({ limit: 1000, cursor }), ...rest });

export const PROFILE = {
  profile_name: 'Acme default',
  url: 'https://mdm.acme.example/enroll',
  org_magic: '6f1a',
  is_supervised: true,
  is_mandatory: true,
  is_mdm_removable: false,
  department: 'IT',
  support_phone_number: '+1 555 0100',
  support_email_address: 'support@acme.example',
};

export const define = (name = 'define', profile: object = PROFILE, rest: More = {}): Call =>
  call('POST', '/profile', name, { body: profile, ...rest });

/** Assigns the profile that was defined last. */
export const assign = (
  name: string,
  devices: readonly string[] | ((known: Known) => readonly string[]),
  rest: More = {},
): Call =>
  call('PUT', '/profile/devices', name, {
    body: (known: Known) => ({
      profile_uuid: known.profiles.at(-1),
      devices: typeof devices === 'function' ? devices(known) : devices,
    }),
    ...rest,
  });

/** Takes the profile from devices. */
export const remove = (name: string, devices: readonly string[]): Call =>
  call('DELETE', '/profile/devices', name, { body: { devices } });

export const details = (name: string, devices: readonly string[]): Call =>
  call('POST', '/devices', name, { body: { devices } });

export const disown = (name: string, devices: readonly string[]): Call =>
  call('POST', '/devices/disown', name, { body: { devices } });

export const push = (name: string, serial: string, rest: Omit<Rest<Push>, 'serial'> = {}): Push => ({
  kind: 'push',
  name,
  serial,
  ...rest,
});

export const wave = (name: string, from: number, count: number): Wave => ({
  kind: 'wave',
  name,
  from,
  count,
});

export const takeToken = (name: string): TakeToken => ({ kind: 'take token', name });

export const wait = (name: string, time: number): Wait => ({ kind: 'wait', name, time });

export const content = (
  method: string,
  path: ContentCall['path'],
  name: string,
  body?: object,
): ContentCall => ({ kind: 'content call', name, method, path, body });

export const other = (method: string, path: string, name: string, rest?: More): Call =>
  call(method, path, name, rest);
