import type { AppleError } from '../../core/apple-error.ts';
import { type HttpRequest, parseBody } from '../../core/request.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import { tokenOfCredential } from '../../organization/content/content-token.ts';
import type { Organization } from '../../organization/organization.ts';
import { managerOf } from '../vpp/authenticate.ts';
import { type ContentManager, contentCredential } from '../vpp/credentials.ts';
import { vppError } from '../vpp/errors.ts';

export interface LegacyManager extends ContentManager {
  readonly body: LegacyBody;
}

interface Presented {
  /** Undefined if the body is no JSON object. */
  readonly body: LegacyBody | undefined;
  readonly sToken: string | undefined;
  /** The member `token` of the content token. */
  readonly token: string | undefined;
}

function read(request: HttpRequest): Presented {
  const body = legacyBody(request);
  const sToken = body === undefined ? undefined : textIn(body, 'sToken');
  return { body, sToken, token: sToken === undefined ? undefined : tokenOfCredential(sToken) };
}

const credential = ({ token }: Presented): string | undefined =>
  token === undefined ? undefined : contentCredential(token);

function authenticate(
  organization: Organization,
  { body, sToken, token }: Presented,
  writes: boolean,
): LegacyManager | AppleError {
  if (body === undefined) return vppError('9602', 'the body is no JSON object');
  if (sToken === undefined || sToken === '') return vppError('9600', '`sToken` is missing');
  const manager = managerOf(organization, token);
  if (!('location' in manager)) return manager;
  if (writes && manager.token.rights === 'read_only') {
    return vppError('9637', 'the content token may only read');
  }
  if (writes && manager.location.managedByApple) {
    return vppError('9645', `"${manager.location.name}" is managed by Apple's own service`);
  }
  return { ...manager, body };
}

const scheme = (writes: boolean): AuthenticationScheme<LegacyManager, Presented> => ({
  name: 'stoken',
  openApi: {
    type: 'apiKey',
    in: 'query',
    name: 'sToken',
    description: 'content token, a member of the JSON body',
  },
  errors: ['9600', '9602', '9621', '9622', '9625', ...(writes ? ['9637', '9645'] : [])],
  read,
  credential,
  authenticate: (organization, _, presented) => authenticate(organization, presented, writes),
});

/** `sToken` in the body, for calls that read. */
export const legacyReadScheme = scheme(false);

/** The same for calls that write. */
export const legacyWriteScheme = scheme(true);

export const legacyAnybodyScheme: AuthenticationScheme<undefined, Presented> = {
  name: 'none',
  anonymous: true,
  read,
  credential,
  authenticate: () => undefined,
};

export type LegacyBody = Readonly<Record<string, unknown>>;

function legacyBody(request: HttpRequest): LegacyBody | undefined {
  const body = parseBody(request);
  if (body.kind !== 'json') return undefined;
  const { value } = body;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as LegacyBody)
    : undefined;
}

/** Accepts numbers as text and text as numbers, as the archived reference allows. */
export function textIn(body: LegacyBody, name: string): string | undefined {
  const value = body[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

export function integerIn(body: LegacyBody, name: string): number | undefined {
  const text = textIn(body, name);
  return text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
}

export function flagIn(body: LegacyBody, name: string): boolean {
  const value = body[name];
  return value === true || value === 1 || value === '1' || value === 'true';
}

/** Undefined if the member is missing or no list of texts and numbers. */
export function textsIn(body: LegacyBody, name: string): readonly string[] | undefined {
  const value = body[name];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((element: unknown) => textIn({ element }, 'element'));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether a member is present and no list of texts. */
export const isNoList = (body: LegacyBody, name: string): boolean =>
  body[name] !== undefined && body[name] !== null && textsIn(body, name) === undefined;
