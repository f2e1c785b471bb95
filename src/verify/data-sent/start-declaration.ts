import type { Catalog } from '../../engine/catalog.ts';
import type { PersonalData } from '../../engine/fields.ts';
import { simplePath } from '../../engine/matching/simple-path.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import { EMPTY_DECLARATION } from '../../scenario/declaration.ts';
import { locationProblem } from '../../scenario/locations.ts';
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

/** What the catalog does not know no row can declare. */
const canBeDeclared = ({ operation, location }: UndeclaredValue, catalog: Catalog): boolean =>
  simplePath(location) !== undefined && locationProblem([operation], location, catalog) === undefined;

function rowsOf(values: readonly UndeclaredValue[]): readonly StartedRow[] {
  const rows = new Map<string, StartedRow>();
  for (const { operation, location, personalData = 'maybe' } of values) {
    const service = operation.split('.')[0]!.toUpperCase();
    const item = itemOf(location);
    const key = `${service} ${item} ${personalData}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { service, item, personalData, places: new Map() };
      rows.set(key, row);
    }
    // A list is declared as a whole, so that the declaration does not depend on what stands in it.
    const place = location.replace(/\[\*\]$/, '');
    row.places.set(operation, [...(row.places.get(operation) ?? []), place]);
  }
  return [...rows.values()];
}

/**
 * A declaration file that declares everything that these exchanges sent: somewhere to start from. What Apple documents
 * nowhere stands in it as a comment.
 *
 * @returns undefined where nothing was sent that a declaration could declare
 */
export async function startDeclaration(
  name: string,
  exchanges: Iterable<ObservedExchange>,
  catalog: Catalog,
): Promise<string | undefined> {
  const collector = new Collector(EMPTY_DECLARATION, catalog);
  for (const exchanged of exchanges) collector.see(exchanged);
  const { stringify } = await import('yaml');
  // What met no operation has no place that a declaration could name.
  const values = collector.undeclared.filter(({ operation }) => operation.includes('.'));
  const declared = values.filter((value) => canBeDeclared(value, catalog));
  if (declared.length === 0) return undefined;
  const strange = values.filter((value) => !declared.includes(value));
  const rows = rowsOf(declared).map(({ service, item, personalData, places }, index) => ({
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
  const head = '# yaml-language-server: $schema=./declaration.schema.json\n';
  return `${head}# Say under \`used_for\` why each value is sent, and correct \`personal_data\`.\n${stringify({ name, rows })}${strangeText(strange)}`;
}

function strangeText(values: readonly UndeclaredValue[]): string {
  if (values.length === 0) return '';
  const lines = values.map(({ operation, location }) => `#   ${operation} ${JSON.stringify(location)}\n`);
  return `# Sent as well, and no row can declare it, since Apple documents no such field:\n${lines.join('')}`;
}
