import type { HeaderFields } from '../../core/request.ts';
import type { Service } from '../service.ts';

const MASK = '••••••';

/** Header fields of every service that carry credentials. */
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/** Members of a server token. */
const SECRET_MEMBERS = ['consumer_secret', 'access_token', 'access_secret'];

/** Keeps the first characters of a long secret, so that two secrets can be distinguished. */
const masked = (text: string): string => (text.length > 24 ? `${text.slice(0, 4)}${MASK}` : MASK);

/** Hides the secrets of an exchange. */
export interface Masks {
  headers(headers: HeaderFields): HeaderFields;
  members(value: unknown): unknown;
  /** For a query or a form. */
  parameters(text: string): string;
  /** For text that is the head of a JSON body, or a form. */
  text(text: string): string;
}

const known = new WeakMap<readonly Service[], Masks>();

/** Masks for the fields of type `secret` and the secret header fields of the services. */
export function masksFor(services: readonly Service[]): Masks {
  let masks = known.get(services);
  if (masks === undefined) {
    masks = createMasks(services);
    known.set(services, masks);
  }
  return masks;
}

function createMasks(services: readonly Service[]): Masks {
  const headers = new Set([
    ...SECRET_HEADERS,
    ...services.flatMap(({ secretHeaders }) => secretHeaders ?? []),
  ]);
  const members = new Set([
    ...SECRET_MEMBERS,
    ...services
      .flatMap(({ fields }) => Object.values(fields))
      .flatMap(({ fields }) => fields.filter(({ type }) => type === 'secret').map(({ name }) => name)),
  ]);
  const names = [...members].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  const member = new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'g');
  const parameter = new RegExp(`((?:^|&)(?:${names})=)[^&]*`, 'g');

  const maskParameters = (text: string): string =>
    text.replace(parameter, (_, name: string) => `${name}${MASK}`);

  function maskMembers(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(maskMembers);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        typeof inner === 'string' && members.has(name) ? masked(inner) : maskMembers(inner),
      ]),
    );
  }

  return {
    headers: (fields) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          value !== undefined && headers.has(name) ? masked(value) : value,
        ]),
      ),
    members: maskMembers,
    parameters: maskParameters,
    text: (text) => maskParameters(text.replace(member, (_, name: string) => `${name}"${MASK}"`)),
  };
}
