import type { HeaderFields } from '../../core/request.ts';
import type { Field } from '../../services/field.ts';
import { FIELDS } from '../../services/fields.ts';

const MASK = '••••••';

/** Header fields with credentials. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-adm-auth-session',
  // The content token that Fleet sends to its own proxy of the catalog:
  // https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go
  'vpp-token',
  'cookie',
  'set-cookie',
]);

/** Members that are secrets in the field catalog, and those of a server token. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  ...Object.values(FIELDS).flatMap((groups) =>
    Object.values(groups).flatMap((group) =>
      (group.fields as readonly Field[])
        .filter((field) => field.type === 'secret')
        .map((field) => field.name),
    ),
  ),
  'consumer_secret',
  'access_token',
  'access_secret',
]);

/** Keeps the first characters of a long secret, so that two secrets can be distinguished. */
const masked = (text: string): string => (text.length > 24 ? `${text.slice(0, 4)}${MASK}` : MASK);

export function maskHeaders(headers: HeaderFields): HeaderFields {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value !== undefined && SECRET_HEADERS.has(name) ? masked(value) : value,
    ]),
  );
}

export function maskMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && SECRET_MEMBERS.has(name) ? masked(member) : maskMembers(member),
    ]),
  );
}

const MEMBER = new RegExp(`("(?:${[...SECRET_MEMBERS].join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'g');

const PARAMETER = new RegExp(`((?:^|&)(?:${[...SECRET_MEMBERS].join('|')})=)[^&]*`, 'g');

/** Masks secrets in a query or a form. They do not belong there, but clients in development send them. */
export const maskParameters = (text: string): string =>
  text.replace(PARAMETER, (_, name: string) => `${name}${MASK}`);

/** Masks secrets in the first part of a JSON body, which cannot be parsed, and in forms. */
export const maskText = (text: string): string =>
  maskParameters(text.replace(MEMBER, (_, name: string) => `${name}"${MASK}"`));
