import type { Service } from '../../../src/engine/service.ts';
import { behaviorTable } from './behavior-table.ts';
import { errorTable } from './error-table.ts';
import { fieldTable } from './field-table.ts';
import { operationTable } from './operation-table.ts';

/** A generated table of a service, and the part of a page that holds it. */
export interface ServiceTable {
  readonly page: string;
  readonly part: string;
  readonly text: () => string;
}

/** The tables of a service: operations, errors, behavior settings and fields, each if the service has any. */
export function serviceTables(service: Service): readonly ServiceTable[] {
  const { name, operations, errors, behavior, fields, docs } = service;
  const { page = name, part, errors: listed = () => true, versions = false } = docs ?? {};
  const table = (what: string, text: () => string): ServiceTable => ({
    page,
    part: `${what} table${part === undefined ? '' : ` of ${part}`}`,
    text,
  });
  return [
    table('operation', () => operationTable(operations)),
    ...(listed === 'none' ? [] : [table('error', () => errorTable(errors, listed))]),
    ...(behavior === undefined ? [] : [table('behavior', () => behaviorTable(behavior))]),
    ...(Object.keys(fields).length === 0 ? [] : [table('field', () => fieldTable(fields, versions))]),
  ];
}

/** The page of a service as a whole, for a service without hand-written text. */
export function servicePage(service: Service): string {
  const sections = serviceTables(service).map(({ part, text }) => `## ${part}\n\n${text()}\n`);
  return `# ${service.title}\n\n${service.about}.\n\n${sections.join('\n')}`;
}
