import type { Catalog } from '../engine/catalog.ts';
import { compileClauses, type Where, WhereError } from '../engine/matching/where.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Finding } from './finding.ts';
import { locationProblem } from './locations.ts';

type Path = readonly (string | number)[];

/** What the checks of a scenario compare it with. */
export interface CheckContext {
  readonly catalog: Catalog;
  /** Names of the MDM servers that matchers may name; undefined to accept every name. */
  readonly servers: readonly string[] | undefined;
}

/** A name or pattern that no operation has. */
export function operationFindings(pattern: string, path: Path, catalog: Catalog): readonly Finding[] {
  if (catalog.matching(pattern).length > 0) return [];
  return [
    {
      path,
      message: `no operation is named ${JSON.stringify(pattern)}`,
      hint: didYouMean(pattern, catalog.operationNames),
    },
  ];
}

/** Locations that the operations do not have, and matchers that cannot be. */
export async function whereFindings(
  where: Where,
  pattern: string,
  path: Path,
  { catalog, servers }: CheckContext,
): Promise<readonly Finding[]> {
  const operations = catalog.matching(pattern).map(({ name }) => name);
  const findings: Finding[] = [];
  for (const [location, matcher] of Object.entries(where)) {
    const at = [...path, location];
    const problem = operations.length === 0 ? undefined : locationProblem(operations, location, catalog);
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

/** MDM servers that a matcher names and that are not there. */
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
