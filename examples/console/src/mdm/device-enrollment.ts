import { oauthHeader, type ServerToken } from './oauth.ts';
import { Refusal, whyOf } from './refusal.ts';

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
  /** What happened to it, in pages of sync alone. */
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

/** By serial number: `SUCCESS`, `NOT_ACCESSIBLE`, `FAILED`, `THROTTLED`. */
export type DeviceResults = Readonly<Record<string, string>>;

const APPLE = 'https://mdmenrollment.apple.com';

/** Automated Device Enrollment, as an MDM server calls it. */
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

  /** A page of the whole inventory; without a cursor the first one. */
  fetch(cursor?: string, limit = 50): Promise<DevicePage> {
    return this.#call('POST', '/server/devices', cursor === undefined ? { limit } : { limit, cursor });
  }

  /** A page of what changed since the cursor. */
  sync(cursor: string, limit = 50): Promise<DevicePage> {
    return this.#call('POST', '/devices/sync', { limit, cursor });
  }

  async define(profile: Profile): Promise<string> {
    const { profile_uuid } = await this.#call<{ profile_uuid: string }>('POST', '/profile', profile);
    return profile_uuid;
  }

  async assign(profile_uuid: string, devices: readonly string[]): Promise<DeviceResults> {
    const answer = await this.#call<{ devices: DeviceResults }>('POST', '/profile/devices', {
      profile_uuid,
      devices,
    });
    return answer.devices;
  }

  async remove(devices: readonly string[]): Promise<DeviceResults> {
    const answer = await this.#call<{ devices: DeviceResults }>('DELETE', '/profile/devices', { devices });
    return answer.devices;
  }

  async #call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const former = this.#session;
    this.#session ??= await this.#signIn();
    try {
      return await this.#send(method, path, this.#session, body);
    } catch (error) {
      // A session ends by itself; a fresh one is asked for once.
      const ended = error instanceof Refusal && ['UNAUTHORIZED', 'FORBIDDEN'].includes(error.code);
      if (!ended || former === undefined) throw error;
      this.#session = await this.#signIn();
      return this.#send(method, path, this.#session, body);
    }
  }

  async #signIn(): Promise<string> {
    const url = `${this.#base}/session`;
    const headers = { authorization: await oauthHeader(this.#token, url), 'x-server-protocol-version': '10' };
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw await refusalOf(answer);
    const { auth_session_token } = (await answer.json()) as { auth_session_token: string };
    return auth_session_token;
  }

  async #send<Answer>(method: string, path: string, session: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json;charset=UTF8',
        'x-adm-auth-session': session,
        'x-server-protocol-version': '10',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Any answer may bring a fresh session, and the former one is over then.
    this.#session = answer.headers.get('x-adm-auth-session') ?? session;
    if (!answer.ok) throw await refusalOf(answer);
    return (await answer.json()) as Answer;
  }
}

async function refusalOf(answer: Response): Promise<Refusal> {
  return new Refusal(answer.status, (await answer.text()).trim() || answer.statusText, whyOf(answer));
}
