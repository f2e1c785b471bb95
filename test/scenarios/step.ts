/** What a scripted MDM server remembers of its conversation. */
export interface Known {
  /** The cursor of the last page; undefined before the first, and where the last one was refused. */
  readonly cursor: string | undefined;
  /** Cursors of all pages, the first one first. */
  readonly cursors: readonly string[];
  /** Profiles that it has defined, by their profile_uuid, the first one first. */
  readonly profiles: readonly string[];
  /** Serial numbers in the order in which it learned of them. */
  readonly serials: readonly string[];
  /** Events of Apps and Books that it asked for, the first one first. */
  readonly events: readonly string[];
  /** Versions of what it read, the first one first. */
  readonly versions: readonly string[];
}

interface Named {
  /** Unique within a story, so that a mutation can name it. */
  readonly name: string;
  /** Which of the organization's MDM servers; the first where not given. */
  readonly server?: number | undefined;
}

/** `GET /session`, signed with the server token that it holds. */
export interface SignIn extends Named {
  readonly kind: 'sign in';
  readonly version?: number | undefined;
  /** Signs with a wrong secret. */
  readonly forged?: boolean | undefined;
  /** Seconds by which the clock that it signs with is ahead. */
  readonly ahead?: number | undefined;
}

export interface Call extends Named {
  readonly kind: 'call';
  readonly method: string;
  readonly path: string;
  /** 10 where not given; `none` leaves the header out. */
  readonly version?: number | 'none' | undefined;
  readonly body?: object | ((known: Known) => object) | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The session in force where not given. */
  readonly session?: 'first' | 'none' | undefined;
}

/** A call of Apps and Books v2, with the content token that it holds. */
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
  /** The device's own where not given; `first` is the one that it had at the first push. */
  readonly magic?: 'first' | string | undefined;
  readonly token?: 'first' | string | undefined;
  readonly topic?: string | undefined;
  /** Seconds since 1970. */
  readonly expiration?: number | undefined;
}

/** A push to each of so many devices of the inventory, in its order. */
export interface Wave extends Named {
  readonly kind: 'wave';
  readonly from: number;
  readonly count: number;
  /** The device's own where not given. */
  readonly magic?: string | undefined;
}

/** Puts the server token into use that is in force in the portal. */
export interface TakeToken extends Named {
  readonly kind: 'take token';
}

export interface Wait extends Named {
  readonly kind: 'wait';
  /** Milliseconds of virtual time. */
  readonly time: number;
}

/** One step of a scripted MDM server. Plain data, so that a mutation can alter it. */
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

/** A page of a walk, from the beginning. */
export const walk = (name = 'walk', rest: More = {}, limit = 1000): Call =>
  call('POST', '/server/devices', name, { body: { limit }, ...rest });

/** The next page of a walk. */
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
