import { explained, type Response, respond } from '../../core/outcome.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { ControlError } from './control-error.ts';

/** Answers change from one moment to the next and carry secrets: nobody shall keep or reinterpret them. */
const ALWAYS: HeaderFields = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function answer(
  status: number,
  type: string,
  body: Response['body'],
  headers: HeaderFields = {},
): Response {
  return respond(status, { 'content-type': type, ...ALWAYS, ...headers }, body);
}

/** JSON that is text already. */
export function jsonText(text: string, status = 200, headers: HeaderFields = {}): Response {
  return answer(status, 'application/json; charset=utf-8', `${text}\n`, headers);
}

export function json(value: unknown, status = 200, headers: HeaderFields = {}): Response {
  return jsonText(JSON.stringify(value), status, headers);
}

export function refused(controlError: ControlError): Response {
  const { message, hint, members, status, headers } = controlError;
  return explained(json({ error: message, hint, ...members }, status, headers), message);
}

export function failed(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error);
  return json(
    {
      error: `a failure of Crabapple itself: ${reason}`,
      hint: 'please report it with the request that led here',
    },
    500,
  );
}
