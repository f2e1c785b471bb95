import type * as z from 'zod/mini';
import { bodyText, type HttpRequest } from '../../core/request.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { ControlError, FORM_HINT } from './control-error.ts';

/** Deeper values would exhaust the stack of whoever walks through them later. */
const DEEPEST = 100;

/** @throws ControlError where the body is not UTF-8 or empty */
export function textBody(request: HttpRequest, what: string): string {
  const text = bodyText(request);
  if (text === undefined) throw new ControlError(400, 'the body is not UTF-8', `the call takes ${what}`);
  if (text.trim() === '') throw new ControlError(400, 'the body is empty', `the call takes ${what}`);
  return text;
}

/** @throws ControlError where the body is not JSON */
export function jsonBody(request: HttpRequest): unknown {
  const text = textBody(request, 'a JSON object');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ControlError(
      400,
      `the body is not JSON: ${(error as Error).message}`,
      'the call takes a JSON object',
    );
  }
  if (isDeeperThan(DEEPEST, value))
    throw new ControlError(400, 'the body is nested too deeply', `${DEEPEST} levels are allowed`);
  return value;
}

function isDeeperThan(depth: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let left = depth; level.length > 0; left -= 1) {
    if (left < 0) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

const MOST_REPORTED = 5;

/**
 * The body as a reader of scenario files takes it. Lines and columns mean nothing to whoever sent JSON: what
 * is wrong is told by its path.
 *
 * @throws ControlError
 */
export async function parsedBody<Value>(
  request: HttpRequest,
  parse: (value: unknown) => Promise<Value>,
): Promise<Value> {
  const value = jsonBody(request);
  try {
    return await parse(value);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const problems = error.problems.map(({ path, message, hint }) => ({
      path: path.join('.'),
      message,
      hint,
    }));
    const told = problems
      .slice(0, MOST_REPORTED)
      .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
    throw new ControlError(400, told.join('; '), hint ?? FORM_HINT, { members: { problems } });
  }
}

/** The body in the form of a schema. @throws ControlError */
export function bodyOf<Schema extends z.ZodMiniType>(
  request: HttpRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parsedBody(request, async (value) => {
    const { validate, valueSource } = await import('../../scenario/reading/validate.ts');
    return validate(valueSource('body', value), schema);
  });
}
