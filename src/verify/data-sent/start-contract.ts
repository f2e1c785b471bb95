import type { PersonalData } from '../../catalogue/field.ts';
import type { Exchanged } from '../../exchange/exchanged.ts';
import { EMPTY_CONTRACT } from '../../scenario/contract.ts';
import { Collector } from './collector.ts';
import type { UndeclaredValue } from './report.ts';

interface StartedRow {
  readonly service: string;
  readonly item: string;
  readonly personalData: PersonalData;
  readonly places: Map<string, string[]>;
}

const itemOf = (location: string): string =>
  location
    .replace(/(?:\[\*\])+$/, '')
    .replace(/^.*[.[]/, '')
    .replace(/["\]]/g, '');

function rowsOf(values: readonly UndeclaredValue[]): readonly StartedRow[] {
  const rows = new Map<string, StartedRow>();
  for (const { operation, location, personalData = 'maybe' } of values) {
    // What met no operation has no place that a contract could name.
    if (!operation.includes('.')) continue;
    const service = operation.split('.')[0]!.toUpperCase();
    const item = itemOf(location);
    const key = `${service} ${item} ${personalData}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { service, item, personalData, places: new Map() };
      rows.set(key, row);
    }
    // A list is declared as a whole, so that the contract does not depend on what stands in it.
    const place = location.replace(/\[\*\]$/, '');
    row.places.set(operation, [...(row.places.get(operation) ?? []), place]);
  }
  return [...rows.values()];
}

/** A contract file that declares everything that these exchanges sent: somewhere to start from. */
export async function startContract(name: string, exchanges: Iterable<Exchanged>): Promise<string> {
  const collector = new Collector(EMPTY_CONTRACT);
  for (const exchanged of exchanges) collector.see(exchanged);
  const { stringify } = await import('yaml');
  const rows = rowsOf(collector.undeclared).map(({ service, item, personalData, places }, index) => ({
    row: index + 1,
    service,
    item,
    direction: 'sent',
    personal_data: personalData,
    used_for: '',
    at: Object.fromEntries(
      [...places].map(([operation, locations]) => [
        operation,
        locations.length === 1 ? locations[0] : locations,
      ]),
    ),
  }));
  const head = '# yaml-language-server: $schema=./contract.schema.json\n';
  return `${head}# Say under \`used_for\` why each value is sent, and correct \`personal_data\`.\n${stringify({ name, rows })}`;
}
