import type * as z from 'zod/mini';
import { ScenarioError } from './problem.ts';
import { problemsAt } from './problems-at.ts';
import type { Source } from './source.ts';

/** @throws ScenarioError with every problem at its place */
export async function validate<Schema extends z.ZodMiniType>(
  source: Source,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  // Most files are right, and never need the words for what is wrong.
  const { wrongsIn } = await import('./wrongs.ts');
  const wrongs = wrongsIn(schema, source.value, result.error.issues);
  throw new ScenarioError(problemsAt(source, wrongs), source.lines);
}
