import { explained, type Response, respond } from '../../core/outcome.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { ControlError } from './control-error.ts';

/** Responses change at any time and may contain secrets, so clients must not cache or sniff them. */
const ALWAYS: HeaderFields = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function reply(
  status: number,
  type: string,
  body: Response['body'],
  headers: HeaderFields = {},
): Response {
  return respond(status, { 'content-type': type, ...ALWAYS, ...headers }, body);
}

/** JSON that is already text. */
export function jsonText(text: string, status = 200, headers: HeaderFields = {}): Response {
  return reply(status, 'application/json; charset=utf-8', `${text}\n`, headers);
}

export function json(value: unknown, status = 200, headers: HeaderFields = {}): Response {
  return jsonText(JSON.stringify(value), status, headers);
}

export function errorReply({ message, hint, members, status, headers }: ControlError): Response {
  return explained(json({ error: message, hint, ...members }, status, headers), message);
}

/** The response for an exception that is our bug. */
export function failureReply(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error);
  return json(
    {
      error: `a failure of Crabapple itself: ${reason}`,
      hint: 'please report it with the request that caused it',
    },
    500,
  );
}
