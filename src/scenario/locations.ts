import type { Catalog } from '../engine/catalog.ts';
import type { Field } from '../engine/fields.ts';
import { isSubject, ROOTS } from '../engine/matching/location.ts';
import { EACH, type Step, simplePath } from '../engine/matching/simple-path.ts';
import { didYouMean } from './did-you-mean.ts';

export interface LocationProblem {
  readonly message: string;
  readonly hint: string;
}

/** Where a path has more to it than names, numbers and `*`. */
const BEYOND = /\.\.|\[\s*\?|\[[^\]'"]*[:,]/;

/**
 * Why a location can never be seen in any of these operations; undefined where it can. What stands behind a
 * filter, a slice or `..` is left to the query.
 */
export function locationProblem(
  operations: readonly string[],
  location: string,
  catalog: Catalog,
): LocationProblem | undefined {
  if (isSubject(location)) return undefined;
  const beyond = location.search(BEYOND);
  const steps = simplePath(beyond < 0 ? location : location.slice(0, beyond));
  // What cannot be read as a path is refused by the query's own reader.
  if (steps === undefined) return undefined;
  let first: LocationProblem | undefined;
  for (const operation of operations) {
    const problem = problemIn(operation, steps, catalog);
    if (problem === undefined) return undefined;
    first ??= problem;
  }
  return first;
}

function problemIn(
  operation: string,
  [root, ...steps]: readonly Step[],
  catalog: Catalog,
): LocationProblem | undefined {
  switch (root) {
    case undefined:
      return undefined;
    case 'path':
    case 'method':
      return steps.length === 0 ? undefined : { message: `$.${root} is a text`, hint: 'it has no members' };
    case 'headers':
      return headerProblem(steps);
    case 'query':
    case 'body':
      return memberProblem(operation, [root], steps, catalog);
    case 'response':
      return responseProblem(operation, steps, catalog);
    default:
      return {
        message: `an exchange has no ${shownStep(root)}`,
        hint: didYouMean(String(root), ROOTS),
      };
  }
}

const shownStep = (step: Step): string => (step === EACH ? '*' : JSON.stringify(step));

function headerProblem([name]: readonly Step[]): LocationProblem | undefined {
  if (typeof name !== 'string' || name === name.toLowerCase()) return undefined;
  return {
    message: `no header is named ${name}`,
    hint: `header names stand in lower case: ${name.toLowerCase()}`,
  };
}

function responseProblem(
  operation: string,
  [part, ...steps]: readonly Step[],
  catalog: Catalog,
): LocationProblem | undefined {
  switch (part) {
    case undefined:
    case 'status':
      return undefined;
    case 'headers':
      return headerProblem(steps);
    case 'body':
      return memberProblem(operation, ['response', 'body'], steps, catalog);
    default:
      return {
        message: `a response has no ${shownStep(part)}`,
        hint: didYouMean(String(part), ['status', 'headers', 'body']),
      };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  body: 'request body',
  query: 'query',
  'response.body': 'response body',
};

function memberProblem(
  operation: string,
  container: readonly string[],
  steps: readonly Step[],
  catalog: Catalog,
): LocationProblem | undefined {
  const above: Step[] = [...container];
  const where = WORDS[container.join('.')];
  let field: Field | undefined;
  for (const step of steps) {
    if (typeof step === 'string') {
      const fields = catalog.fieldsAt(operation, above);
      const containers = catalog.containersAt(operation, above);
      if (fields === undefined && containers.length === 0) {
        if (field?.type === 'object' || field?.type === 'objects') return undefined;
        // The members of a map have names of their own, and are texts.
        if (field?.type !== 'map' || above.at(-1) !== field.name)
          return stranger(operation, step, where, field);
        above.push(step);
        continue;
      }
      field = fields?.find(({ name }) => name === step);
      if (field === undefined && !containers.includes(step)) {
        return {
          message: `${operation} has no field ${JSON.stringify(step)} in its ${where}`,
          hint: didYouMean(step, [...(fields ?? []).map(({ name }) => name), ...containers]),
        };
      }
    }
    above.push(step);
  }
  return undefined;
}

const stranger = (
  operation: string,
  step: string,
  where: string | undefined,
  field: Field | undefined,
): LocationProblem => ({
  message: `${operation} has no ${JSON.stringify(step)} in its ${where}`,
  hint:
    field === undefined
      ? `no field of its ${where} is known`
      : `\`${field.name}\` has no members of that name`,
});
