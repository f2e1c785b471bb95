import type { Catalog } from '../../engine/catalog.ts';
import type { PersonalData } from '../../engine/fields.ts';
import { simplePath } from '../../engine/matching/location.ts';
import type { ObservedExchange } from '../../engine/observed-exchange.ts';
import type { DeclarationDefinition } from '../../scenario/verification.ts';
import { locationProblem } from '../../scenario/where-checks.ts';
import { Collector } from './collector.ts';
import type { UndeclaredValue } from './tracker.ts';

/** Declares nothing, so that everything that was sent is reported as undeclared. */
const EMPTY_DECLARATION: DeclarationDefinition = { name: 'no declaration', file: undefined, rows: [] };

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

/** A row can declare only fields of the field catalog. */
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
    // Declares the list instead of its items, so that the declaration does not depend on their number.
    const place = location.replace(/\[\*\]$/, '');
    row.places.set(operation, [...(row.places.get(operation) ?? []), place]);
  }
  return [...rows.values()];
}

/**
 * Writes a declaration file that declares everything that the exchanges sent, as a starting point. Fields that Apple does
 * not document are listed in a comment.
 *
 * @returns undefined if nothing was sent that a declaration could list
 */
export async function startDeclaration(
  name: string,
  exchanges: Iterable<ObservedExchange>,
  catalog: Catalog,
): Promise<string | undefined> {
  const collector = new Collector(EMPTY_DECLARATION, catalog);
  for (const exchange of exchanges) collector.observe(exchange);
  const { stringify } = await import('yaml');
  // A declaration can list only data of known operations.
  const values = collector.undeclared.filter(({ operation }) => operation.includes('.'));
  const declared = values.filter((value) => canBeDeclared(value, catalog));
  if (declared.length === 0) return undefined;
  const undocumented = values.filter((value) => !declared.includes(value));
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
  return `${head}# Fill in \`used_for\`, and check \`personal_data\`.\n${stringify({ name, rows })}${undocumentedText(undocumented)}`;
}

function undocumentedText(values: readonly UndeclaredValue[]): string {
  if (values.length === 0) return '';
  const lines = values.map(({ operation, location }) => `#   ${operation} ${JSON.stringify(location)}\n`);
  return `# Also sent, but Apple does not document these fields, so a row cannot declare them:\n${lines.join('')}`;
}
