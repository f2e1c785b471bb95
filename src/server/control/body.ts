import type * as z from 'zod/mini';
import { bodyText, type HttpRequest } from '../../core/request.ts';
import type { Catalog } from '../../engine/catalog.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { ControlError, FORM_HINT } from './control-error.ts';
import type { BodyDescription } from './route.ts';

/** Deeper values would exhaust the stack of code that walks them. */
const MAX_DEPTH = 100;

/** @throws ControlError if the body is empty or not UTF-8 */
export function textBody(request: HttpRequest, what: string): string {
  const text = bodyText(request);
  if (text === undefined) throw new ControlError(400, 'the body is not UTF-8', `send ${what}`);
  if (text.trim() === '') throw new ControlError(400, 'the body is empty', `send ${what}`);
  return text;
}

/** @throws ControlError if the body is not JSON */
export function jsonBody(request: HttpRequest): unknown {
  const text = textBody(request, 'a JSON object');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, `the body is not JSON: ${(error as Error).message}`, 'send a JSON object');
  }
  if (isDeeperThan(MAX_DEPTH, value))
    throw new ControlError(400, 'the body is nested too deeply', `nest at most ${MAX_DEPTH} levels`);
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

const MAX_REPORTED = 5;

/**
 * Parses the body as a part of a scenario file. The client sent JSON, so problems are reported by path, not by line and
 * column.
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
    const messages = problems
      .slice(0, MAX_REPORTED)
      .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
    throw new ControlError(400, messages.join('; '), hint ?? FORM_HINT, { members: { problems } });
  }
}

/** Loads a zod schema when the first body arrives or the API is described. */
export type LazySchema<Type extends z.ZodMiniType> = () => Promise<Type>;

/** Validates the body by a schema. @throws ControlError */
export async function bodyOf<Type extends z.ZodMiniType>(
  request: HttpRequest,
  load: LazySchema<Type>,
): Promise<z.output<Type>> {
  const schema = await load();
  return parsedBody(request, async (value) => {
    const { validate, valueSource } = await import('../../scenario/reading/validate.ts');
    return validate(valueSource('body', value), schema);
  });
}

/** A JSON body in the form of a schema. */
export const jsonBodyOf = (load: (catalog: Catalog) => Promise<z.ZodMiniType>): BodyDescription => ({
  type: 'application/json',
  schema: async (catalog) => (await import('./body-schemas.ts')).inputSchema(await load(catalog)),
});
