import type { Field } from '../../catalogue/field.ts';
import { FIELDS } from '../../catalogue/fields.ts';
import type { HeaderFields } from '../../http/request.ts';

const MASK = '••••••';

/** Header fields that let somebody in. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-adm-auth-session',
  'cookie',
  'set-cookie',
]);

/** Members of any body that are secrets by the field catalogue, and those of a server token. */
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

/** Enough to tell two secrets apart, and no more. */
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

/** For text that is the head of a JSON body and cannot be parsed. */
export const maskText = (text: string): string =>
  text.replace(MEMBER, (_, name: string) => `${name}"${MASK}"`);
