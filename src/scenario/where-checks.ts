import { EACH, isSubject, ROOTS, type Step, simplePath } from '../engine/matching/location.ts';
import { didYouMean } from '../engine/matching/nearest-word.ts';
import { compileClauses, type Where, WhereError } from '../engine/matching/where.ts';
import type { Field } from '../services/field.ts';
import { containersAt, fieldsAt } from './known-fields.ts';
import { OPERATION_NAMES, operationsOf } from './operations.ts';
import type { Finding, Path } from './reading/problem.ts';

/** Reports a name or pattern that matches no operation. */
export function operationFindings(pattern: string, path: Path): readonly Finding[] {
  if (operationsOf(pattern).length > 0) return [];
  return [
    {
      path,
      message: `no operation is named ${JSON.stringify(pattern)}`,
      hint: didYouMean(pattern, OPERATION_NAMES),
    },
  ];
}

/** Reports locations that the operations do not have, and invalid matchers. */
export async function whereFindings(
  where: Where,
  pattern: string,
  path: Path,
  servers: readonly string[] | undefined,
): Promise<readonly Finding[]> {
  const operations = operationsOf(pattern).map(({ name }) => name);
  const findings: Finding[] = [];
  for (const [location, matcher] of Object.entries(where)) {
    const at = [...path, location];
    const problem = operations.length === 0 ? undefined : locationProblem(operations, location);
    if (problem !== undefined) findings.push({ path: at, ...problem, atKey: true });
    findings.push(...serverFindings(matcher, at, servers));
    try {
      await compileClauses({ [location]: matcher });
    } catch (error) {
      if (!(error instanceof WhereError)) throw error;
      const within = typeof matcher === 'object' && matcher.matches !== undefined ? [...at, 'matches'] : at;
      findings.push({ path: within, message: error.message });
    }
  }
  return findings;
}

/** Reports MDM servers that a matcher names and that do not exist. */
function serverFindings(
  matcher: Where[string],
  path: Path,
  servers: readonly string[] | undefined,
): readonly Finding[] {
  if (typeof matcher !== 'object' || servers === undefined) return [];
  return (['serial_of', 'profile_of'] as const).flatMap((name) => {
    const owner = matcher[name];
    if (typeof owner !== 'object' || servers.includes(owner.mdm_server)) return [];
    return [
      {
        path: [...path, name, 'mdm_server'],
        message: `no MDM server of this file is named ${JSON.stringify(owner.mdm_server)}`,
        hint: didYouMean(owner.mdm_server, servers),
      },
    ];
  });
}

export interface LocationProblem {
  readonly message: string;
  readonly hint: string;
}

/** Matches the first part of a path that is not a name, a number or `*`. */
const BEYOND = /\.\.|\[\s*\?|\[[^\]'"]*[:,]/;

/**
 * Why none of these operations can have a value at a location; undefined if one can. Ignores what follows a filter, a
 * slice or `..`.
 */
export function locationProblem(
  operations: readonly string[],
  location: string,
): LocationProblem | undefined {
  if (isSubject(location)) return undefined;
  const beyond = location.search(BEYOND);
  const steps = simplePath(beyond < 0 ? location : location.slice(0, beyond));
  // The query parser reports invalid paths.
  if (steps === undefined) return undefined;
  let first: LocationProblem | undefined;
  for (const operation of operations) {
    const problem = problemIn(operation, steps);
    if (problem === undefined) return undefined;
    first ??= problem;
  }
  return first;
}

function problemIn(operation: string, [root, ...steps]: readonly Step[]): LocationProblem | undefined {
  switch (root) {
    case undefined:
      return undefined;
    case 'path':
    case 'method':
      return steps.length === 0 ? undefined : { message: `$.${root} is text`, hint: 'text has no members' };
    case 'headers':
      return headerProblem(steps);
    case 'query':
    case 'body':
      return memberProblem(operation, [root], steps);
    case 'response':
      return responseProblem(operation, steps);
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
    hint: `write header names in lower case: ${name.toLowerCase()}`,
  };
}

function responseProblem(operation: string, [part, ...steps]: readonly Step[]): LocationProblem | undefined {
  switch (part) {
    case undefined:
    case 'status':
      return undefined;
    case 'headers':
      return headerProblem(steps);
    case 'body':
      return memberProblem(operation, ['response', 'body'], steps);
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
): LocationProblem | undefined {
  const above: Step[] = [...container];
  const where = WORDS[container.join('.')];
  let field: Field | undefined;
  for (const step of steps) {
    if (typeof step === 'string') {
      const fields = fieldsAt(operation, above);
      const containers = containersAt(operation, above);
      if (fields === undefined && containers.length === 0) {
        if (field?.type === 'object' || field?.type === 'objects') return undefined;
        // A map has any member names, and text values.
        if (field?.type !== 'map' || above.at(-1) !== field.name)
          return unknownMember(operation, step, where, field);
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

const unknownMember = (
  operation: string,
  step: string,
  where: string | undefined,
  field: Field | undefined,
): LocationProblem => ({
  message: `${operation} has no ${JSON.stringify(step)} in its ${where}`,
  hint:
    field === undefined ? `its ${where} has no known fields` : `\`${field.name}\` has no member of that name`,
});
