import type * as z from 'zod/mini';
import { ScenarioError, scenarioErrorOf } from './problem.ts';
import type { Source } from './source.ts';

/**
 * Checks a value against a schema.
 *
 * @throws ScenarioError with every problem at its place
 */
export async function validate<Schema extends z.ZodMiniType>(
  source: Source,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  // Loaded on demand: most files are valid and need no error texts.
  const { schemaFindings } = await import('./schema-findings.ts');
  throw scenarioErrorOf(source, schemaFindings(schema, source.value, result.error.issues));
}

/**
 * An object of a program as a source without lines. The value is a copy that passed through JSON.
 *
 * @throws ScenarioError if JSON cannot represent the value
 */
export function valueSource(file: string, given: unknown): Source {
  return { file, lines: [], value: plainCopy(file, given), placeOf: () => undefined };
}

function plainCopy(file: string, given: unknown): unknown {
  try {
    const text = JSON.stringify(given);
    return text === undefined ? null : JSON.parse(text);
  } catch (error) {
    // A cycle, a nesting that is too deep, or a bigint.
    const [why] = (error as Error).message.split('\n');
    throw new ScenarioError([{ file, path: [], message: `the value cannot be written as JSON: ${why}` }], []);
  }
}
