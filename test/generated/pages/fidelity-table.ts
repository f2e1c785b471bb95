import type { Operation, Service } from '../../../src/engine/service.ts';
import { table } from './markdown.ts';

const APPLE = /^https:\/\/(developer|support)\.apple\.com\//;

type Sourced = { readonly source: string };

/** How many of the rows Apple documents, how many are on public record, and how many are our own default. */
function counts(rows: readonly Sourced[]): readonly string[] {
  const documented = rows.filter(({ source }) => APPLE.test(source)).length;
  const chosen = rows.filter(({ source }) => source === 'default').length;
  return [documented, rows.length - documented - chosen, chosen].map(String);
}

/** Services whose operations share their first word, such as the versions of one API, are counted together. */
function groupsOf(services: readonly Service[]): readonly (readonly Service[])[] {
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const word = service.operations[0]!.name.split('.')[0]!;
    groups.set(word, [...(groups.get(word) ?? []), service]);
  }
  return [...groups.values()];
}

/** What the behavior of each service rests on. */
export function fidelityTable(services: readonly Service[]): string {
  const rows = groupsOf(services).flatMap((group) => {
    const [{ title }] = group as [Service];
    const operations = new Map<string, Operation>(
      group.flatMap((service) => service.operations.map((operation) => [operation.name, operation])),
    );
    const errors = Object.assign({}, ...group.map((service) => service.errors)) as Service['errors'];
    const settings = group.flatMap(({ behavior = {} }) => Object.values(behavior));
    return [
      [`${title}: operations`, ...counts([...operations.values()])],
      [`${title}: errors`, ...counts(Object.values(errors))],
      [`${title}: behavior`, ...counts(settings)],
    ];
  });
  return table(['table', 'Apple documents it', 'on public record', 'our default'], rows);
}
