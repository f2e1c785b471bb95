import type { Operation } from '../../../src/engine/service.ts';
import { code, sourceLink, table } from './markdown.ts';

interface Listed {
  readonly operation: Operation;
  readonly requests: string[];
}

/** Errors that all calls with one kind of credential can meet, a line for each kind. */
function sharedErrors(operations: readonly Operation[]): readonly string[] {
  const schemes = new Map(operations.map(({ scheme }) => [scheme.name, scheme.errors ?? []]));
  const lines = new Map<string, string[]>();
  for (const [name, errors] of schemes) {
    const words = errors.map(code).join(' ');
    if (words !== '') lines.set(words, [...(lines.get(words) ?? []), name]);
  }
  return [...lines].map(
    ([words, names]) =>
      `Every call whose credential is \`${names.join('` or `')}\` can also meet these errors: ${words}.`,
  );
}

/** One row for each name: v1 of Apps and Books has the same service under several paths. */
export function operationTable(operations: readonly Operation[]): string {
  const listed = new Map<string, Listed>();
  for (const operation of operations) {
    const { name, about, methods, path } = operation;
    const key = `${name} ${about}`;
    const before = listed.get(key);
    const request = code(`${methods.join(', ')} ${path}`);
    if (before === undefined) listed.set(key, { operation, requests: [request] });
    else before.requests.push(request);
  }
  const rows = [...listed.values()].map(
    ({ operation: { name, about, scheme, errors, source }, requests }) => [
      [code(name), ...requests].join('<br>'),
      about.replace('; denied, as', ', answered as'),
      scheme.name,
      errors.map(code).join(' '),
      sourceLink(source),
    ],
  );
  return [
    table(['operation and request', 'does', 'credential', 'errors of its own', 'source'], rows),
    ...sharedErrors(operations),
  ].join('\n\n');
}
