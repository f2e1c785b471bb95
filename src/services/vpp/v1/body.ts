import { bodyText, type HttpRequest } from '../../../core/request.ts';

export type LegacyBody = Readonly<Record<string, unknown>>;

const read = new WeakMap<HttpRequest, LegacyBody | undefined>();

/** The JSON object of a request, read once; undefined where there is none. */
export function legacyBody(request: HttpRequest): LegacyBody | undefined {
  if (read.has(request)) return read.get(request);
  const body = parsed(bodyText(request));
  read.set(request, body);
  return body;
}

function parsed(text: string | undefined): LegacyBody | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as LegacyBody)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Numbers may come as texts and texts that are numbers as numbers, as the archived reference allows. */
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

/** Undefined where the member is missing or no list of texts and numbers. */
export function textsIn(body: LegacyBody, name: string): readonly string[] | undefined {
  const value = body[name];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((element: unknown) => textIn({ element }, 'element'));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether a member is there and is no list of texts. */
export const isNoList = (body: LegacyBody, name: string): boolean =>
  body[name] !== undefined && body[name] !== null && textsIn(body, name) === undefined;
