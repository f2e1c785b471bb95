import { AppleError, whyOf } from './apple-error.ts';
import { oauthHeader, type ServerToken } from './oauth.ts';

export interface Account {
  readonly org_name: string;
  readonly server_name: string;
}

export interface Device {
  readonly serial_number: string;
  readonly model: string;
  readonly device_family: string;
  readonly asset_tag?: string;
  readonly profile_status?: 'empty' | 'assigned' | 'pushed' | 'removed';
  readonly profile_uuid?: string;
  /** Only in pages of sync. */
  readonly op_type?: 'added' | 'modified' | 'deleted';
}

export interface DevicePage {
  readonly cursor: string;
  readonly more_to_follow: boolean;
  readonly devices: readonly Device[];
}

export interface Profile {
  readonly profile_name: string;
  readonly url: string;
  readonly [member: string]: string | boolean | readonly string[];
}

/** `SUCCESS`, `NOT_ACCESSIBLE`, `FAILED` or `THROTTLED` by serial number. */
export type DeviceResults = Readonly<Record<string, string>>;

const APPLE = 'https://mdmenrollment.apple.com';

/** A client of Automated Device Enrollment with the server token of an MDM server. */
export class DeviceEnrollment {
  readonly #token: ServerToken;
  readonly #base: string;
  #session: string | undefined;

  constructor(token: ServerToken, base = APPLE) {
    this.#token = token;
    this.#base = base;
  }

  account(): Promise<Account> {
    return this.#call('GET', '/account');
  }

  /** A page of all devices; without a cursor the first one. */
  fetch(cursor?: string, limit = 50): Promise<DevicePage> {
    return this.#call('POST', '/server/devices', cursor === undefined ? { limit } : { limit, cursor });
  }

  /** A page of the changes since the cursor. */
  sync(cursor: string, limit = 50): Promise<DevicePage> {
    return this.#call('POST', '/devices/sync', { limit, cursor });
  }

  async define(profile: Profile): Promise<string> {
    const { profile_uuid } = await this.#call<{ profile_uuid: string }>('POST', '/profile', profile);
    return profile_uuid;
  }

  async assign(profile_uuid: string, devices: readonly string[]): Promise<DeviceResults> {
    const response = await this.#call<{ devices: DeviceResults }>('POST', '/profile/devices', {
      profile_uuid,
      devices,
    });
    return response.devices;
  }

  async remove(devices: readonly string[]): Promise<DeviceResults> {
    const response = await this.#call<{ devices: DeviceResults }>('DELETE', '/profile/devices', { devices });
    return response.devices;
  }

  async #call<Content>(method: string, path: string, body?: object): Promise<Content> {
    const previous = this.#session;
    this.#session ??= await this.#openSession();
    try {
      return await this.#send(method, path, this.#session, body);
    } catch (error) {
      // The session may have expired: opens a new one and retries once.
      const expired = error instanceof AppleError && ['UNAUTHORIZED', 'FORBIDDEN'].includes(error.code);
      if (!expired || previous === undefined) throw error;
      this.#session = await this.#openSession();
      return this.#send(method, path, this.#session, body);
    }
  }

  async #openSession(): Promise<string> {
    const url = `${this.#base}/session`;
    const headers = { authorization: await oauthHeader(this.#token, url), 'x-server-protocol-version': '10' };
    const response = await fetch(url, { headers });
    if (!response.ok) throw await appleErrorOf(response);
    const { auth_session_token } = (await response.json()) as { auth_session_token: string };
    return auth_session_token;
  }

  async #send<Content>(method: string, path: string, session: string, body?: object): Promise<Content> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json;charset=UTF8',
        'x-adm-auth-session': session,
        'x-server-protocol-version': '10',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Any response may contain a new session token, which replaces the previous one.
    this.#session = response.headers.get('x-adm-auth-session') ?? session;
    if (!response.ok) throw await appleErrorOf(response);
    return (await response.json()) as Content;
  }
}

async function appleErrorOf(response: Response): Promise<AppleError> {
  return new AppleError(
    response.status,
    (await response.text()).trim() || response.statusText,
    whyOf(response),
  );
}
