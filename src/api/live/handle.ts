import { explained, type Outcome, respond, withHeaders } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';

const TEXTS = ['method', 'scheme', 'authority', 'path', 'query'] as const;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What keeps a value from being a request; undefined where nothing does. Types see to it, where they are asked. */
function flawOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'a request is an object';
  const request = value as { readonly [Member in keyof HttpRequest]?: unknown };
  const text = TEXTS.find((name) => typeof request[name] !== 'string');
  if (text !== undefined) return `\`${text}\` of a request is a string`;
  if (!isObject(request.headers)) return '`headers` of a request is an object, with names in lower case';
  if (!ArrayBuffer.isView(request.body))
    return '`body` of a request is a Uint8Array, empty where there is none';
  return isObject(request.entrance) ? undefined : '`entrance` of a request is an object with `transport`';
}

function refused(why: string): Outcome {
  const response = respond(400, { 'content-type': 'text/plain' }, `${why}\n`);
  return explained(withHeaders(response, { 'x-crabapple-why': why }), why);
}

/** Answers requests; what is none is refused before anybody works with it. */
export const handleOf =
  (core: SimulatedApple) =>
  (request: HttpRequest): Outcome | Promise<Outcome> => {
    const flaw = flawOf(request);
    return flaw === undefined ? core.handle(request) : refused(flaw);
  };
