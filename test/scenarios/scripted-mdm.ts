import type { ServerCredentials } from '../../src/organization/definition.ts';
import { oauthHeader, unsigned } from '../dep/oauth.ts';
import { hmacSha1 } from './hmac.ts';
import type { Call, Known, Step, Story } from './step.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** A simulated Apple, in this process or over HTTP, with its portal and clock. */
export interface AppleSide {
  /** The base URL for clients, without a trailing slash. */
  readonly url: string;
  /** Undefined if the connection failed. */
  send(sent: Sent): Promise<ReceivedResponse | undefined>;
  /** The current content token of the first location, in the form of its file. */
  contentToken(): Promise<string>;
  /** The current server token. */
  token(server: number): Promise<ServerCredentials>;
  advance(milliseconds: number): Promise<void>;
  push(serial: string): Promise<PushAddress>;
  /** Push addresses of devices in the order of the inventory. */
  pushes(from: number, count: number): Promise<readonly PushAddress[]>;
}

/** The push address from a TokenUpdate. */
export interface PushAddress {
  readonly token: string;
  readonly magic: string;
  readonly topic: string;
}

/** What one MDM server of the story knows. */
class ServerMemory implements Known {
  token: ServerCredentials;
  sessions: string[] = [];
  cursor: string | undefined;
  readonly cursors: string[] = [];
  readonly profiles: string[] = [];
  readonly serials: string[] = [];
  readonly events: string[] = [];
  readonly versions: string[] = [];
  contentToken: string | undefined;

  constructor(token: ServerCredentials) {
    this.token = token;
  }

  takeContent({ status, text }: ReceivedResponse): void {
    if (status !== 200) return;
    const { eventId, versionId } = JSON.parse(text) as { eventId?: string; versionId?: string };
    if (eventId !== undefined) this.events.push(eventId);
    if (versionId !== undefined) this.versions.push(versionId);
  }

  take({ path, method }: Call, { status, headers, text }: ReceivedResponse): void {
    const session = headers['x-adm-auth-session'];
    if (session !== undefined) this.sessions.push(session);
    if (status !== 200 || !text.startsWith('{')) return;
    const body = JSON.parse(text) as {
      readonly cursor?: string;
      readonly profile_uuid?: string;
      readonly devices?: readonly { readonly serial_number: string }[] | object;
    };
    if (body.cursor !== undefined) {
      this.cursor = body.cursor;
      this.cursors.push(body.cursor);
    }
    if (path === '/profile' && method === 'POST') this.profiles.push(body.profile_uuid!);
    if (!Array.isArray(body.devices)) return;
    for (const { serial_number } of body.devices) {
      if (!this.serials.includes(serial_number)) this.serials.push(serial_number);
    }
  }
}

/** Performs the steps of a story, whatever the responses are. */
export async function play(story: Story, apple: AppleSide): Promise<void> {
  const held = new Map<number, ServerMemory>();
  const enrolled: Enrolled = new Map();
  for (const step of story) {
    const server = step.server ?? 0;
    let holding = held.get(server);
    if (holding === undefined) {
      holding = new ServerMemory(await apple.token(server));
      held.set(server, holding);
    }
    await perform(step, server, holding, enrolled, apple);
  }
}

/** The first push address of each device, by serial number. */
type Enrolled = Map<string, PushAddress>;

async function perform(
  step: Step,
  server: number,
  holding: ServerMemory,
  enrolled: Enrolled,
  apple: AppleSide,
): Promise<void> {
  switch (step.kind) {
    case 'sign in': {
      const token = step.forged ? { ...holding.token, access_secret: 'wrong' } : holding.token;
      const { parameters, key, text } = unsigned(token, {
        url: `${apple.url}/session`,
        timestamp: Math.floor(Date.now() / 1000) + (step.ahead ?? 0),
      });
      const oauth_signature = await hmacSha1(key, text);
      const headers = {
        'user-agent': 'scripted',
        authorization: oauthHeader({ ...parameters, oauth_signature }),
        'x-server-protocol-version': String(step.version ?? 10),
      };
      const answer = await apple.send({ method: 'GET', path: '/session', headers, body: undefined });
      if (answer?.status === 200) holding.sessions.push(JSON.parse(answer.text).auth_session_token);
      return;
    }
    case 'call': {
      const answer = await apple.send(requestOf(step, holding));
      if (answer !== undefined) holding.take(step, answer);
      return;
    }
    case 'content call': {
      holding.contentToken ??= await apple.contentToken();
      const path = typeof step.path === 'function' ? step.path(holding) : step.path;
      const answer = await apple.send({
        method: step.method,
        path: `/mdm/v2${path}`,
        headers: {
          'user-agent': 'scripted',
          'content-type': 'application/json',
          authorization: `Bearer ${holding.contentToken}`,
        },
        body: step.body === undefined ? undefined : JSON.stringify(step.body),
      });
      if (answer !== undefined) holding.takeContent(answer);
      return;
    }
    case 'push': {
      const now = await apple.push(step.serial);
      const first = enrolled.get(step.serial) ?? now;
      enrolled.set(step.serial, first);
      const chosen = (given: string | undefined, of: 'token' | 'magic'): string =>
        given === 'first' ? first[of] : (given ?? now[of]);
      const address = {
        token: chosen(step.token, 'token'),
        magic: chosen(step.magic, 'magic'),
        topic: step.topic ?? now.topic,
      };
      await apple.send(pushTo(address, step.expiration));
      return;
    }
    case 'wave': {
      for (const address of await apple.pushes(step.from, step.count))
        await apple.send(pushTo({ ...address, magic: step.magic ?? address.magic }));
      return;
    }
    case 'take token':
      holding.token = await apple.token(server);
      holding.contentToken = undefined;
      return;
    case 'wait':
      return apple.advance(step.time);
  }
}

const pushTo = ({ token, magic, topic }: PushAddress, expiration?: number): Sent => ({
  method: 'POST',
  path: `/3/device/${token}`,
  headers: {
    'user-agent': 'scripted',
    'apns-topic': topic,
    ...(expiration === undefined ? {} : { 'apns-expiration': String(expiration) }),
  },
  body: JSON.stringify({ mdm: magic }),
});

function requestOf(
  { method, path, body, headers = {}, version = 10, session }: Call,
  holding: ServerMemory,
): Sent {
  const token =
    session === 'none' ? undefined : session === 'first' ? holding.sessions[0] : holding.sessions.at(-1);
  const content = typeof body === 'function' ? body(holding) : body;
  return {
    method,
    path,
    headers: {
      'user-agent': 'scripted',
      'content-type': 'application/json;charset=UTF8',
      ...(token === undefined ? {} : { 'x-adm-auth-session': token }),
      ...(version === 'none' ? {} : { 'x-server-protocol-version': String(version) }),
      ...headers,
    },
    body: content === undefined ? undefined : JSON.stringify(content),
  };
}
