import { readFileSync } from 'node:fs';
import { declarationJsonSchema, scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { CATALOG, SERVICES } from '../../src/services/index.ts';
import { exchangeTypes } from './exchange-types.ts';
import { commandReference } from './pages/command-reference.ts';
import { controlReference } from './pages/control-reference.ts';
import { fidelityTable } from './pages/fidelity-table.ts';
import { incidentTable } from './pages/incident-table.ts';
import { scenarioReference } from './pages/scenario-reference.ts';
import { serviceTables } from './pages/service-tables.ts';
import { poolsModule } from './pools.ts';
import { scenarioTypes } from './scenario-types.ts';

/** A file, or the marked part of one, that is made from the tables of the source. */
export interface Artifact {
  readonly file: string;
  /** The part of the file that is made; the whole where there is none. */
  readonly part?: string;
  /** The whole file as it should be. */
  readonly wanted: () => string | Promise<string>;
}

function between(file: string, part: string, text: () => string | Promise<string>): Artifact {
  return {
    file,
    part,
    async wanted() {
      const now = readFileSync(file, 'utf8');
      const begin = `<!-- ${part}: made by \`npm run generate\` -->`;
      const end = `<!-- end of ${part} -->`;
      const from = now.indexOf(begin);
      const to = now.indexOf(end);
      if (from < 0 || to < from) throw new Error(`${file} has no place marked ${begin} … ${end}`);
      // An empty line on both sides, so that Markdown does not take the table for a part of the comment.
      return `${now.slice(0, from + begin.length)}\n\n${await text()}\n\n${now.slice(to)}`;
    },
  };
}

/** The tables of the services on their pages. */
const SERVICE_PAGES: readonly Artifact[] = SERVICES.flatMap((service) =>
  serviceTables(service).map(({ page, part, text }) => between(`docs/services/${page}.md`, part, text)),
);

export const ARTIFACTS: readonly Artifact[] = [
  {
    file: 'scenarios/scenario.schema.json',
    wanted: async () => `${JSON.stringify(await scenarioJsonSchema(CATALOG), undefined, 2)}\n`,
  },
  { file: 'src/organization/inventory/pools.ts', wanted: poolsModule },
  { file: 'src/scenario/scenario-types.ts', wanted: scenarioTypes },
  { file: 'src/scenario/exchange-types.ts', wanted: () => exchangeTypes(CATALOG) },
  {
    file: 'scenarios/declarations/declaration.schema.json',
    wanted: () => `${JSON.stringify(declarationJsonSchema(), undefined, 2)}\n`,
  },
  between(
    'README.md',
    'first scenario',
    () => `\`\`\`yaml\n${readFileSync('scenarios/first-day.yaml', 'utf8')}\`\`\``,
  ),
  ...SERVICE_PAGES,
  between('docs/fidelity.md', 'fidelity table', () => fidelityTable(SERVICES)),
  between('docs/incidents.md', 'incident table', incidentTable),
  between('docs/scenario-file.md', 'scenario keys', scenarioReference),
  between('docs/commands.md', 'commands', commandReference),
  between('docs/control-api.md', 'control calls', controlReference),
];
