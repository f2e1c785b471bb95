import { readFileSync } from 'node:fs';
import { declarationJsonSchema, scenarioJsonSchema } from '../src/scenario/json-schema.ts';
import { CATALOG, SERVICES } from '../src/services/index.ts';
import {
  commandReference,
  controlReference,
  incidentTable,
  scenarioReference,
} from './docs/reference-pages.ts';
import { fidelityTable, serviceTables } from './docs/service-pages.ts';
import { poolsModule } from './pools.ts';

/** A committed file, or a marked section of one, that `npm run generate` writes. */
export interface CommittedFile {
  readonly file: string;
  /** Name of the generated section; undefined if the complete file is generated. */
  readonly section?: string;
  /** The complete content of the file with the section up to date. */
  readonly content: () => string | Promise<string>;
}

function section(file: string, name: string, text: () => string | Promise<string>): CommittedFile {
  return {
    file,
    section: name,
    async content() {
      const current = readFileSync(file, 'utf8');
      const begin = `<!-- ${name}: made by \`npm run generate\` -->`;
      const end = `<!-- end of ${name} -->`;
      const from = current.indexOf(begin);
      const to = current.indexOf(end);
      if (from < 0 || to < from) throw new Error(`${file} has no section between ${begin} and ${end}`);
      // Without the empty lines Markdown would treat the table as a part of the comment.
      return `${current.slice(0, from + begin.length)}\n\n${await text()}\n\n${current.slice(to)}`;
    },
  };
}

const json = (schema: object): string => `${JSON.stringify(schema, undefined, 2)}\n`;

export const COMMITTED_FILES: readonly CommittedFile[] = [
  { file: 'scenarios/scenario.schema.json', content: async () => json(await scenarioJsonSchema(CATALOG)) },
  { file: 'scenarios/declarations/declaration.schema.json', content: () => json(declarationJsonSchema()) },
  { file: 'src/organization/inventory/pools.ts', content: poolsModule },
  section(
    'README.md',
    'first scenario',
    () => `\`\`\`yaml\n${readFileSync('scenarios/first-day.yaml', 'utf8')}\`\`\``,
  ),
  ...SERVICES.flatMap((service) =>
    serviceTables(service).map(({ page, part, text }) => section(`docs/services/${page}.md`, part, text)),
  ),
  section('docs/fidelity.md', 'fidelity table', () => fidelityTable(SERVICES)),
  section('docs/incidents.md', 'incident table', incidentTable),
  section('docs/scenario-file.md', 'scenario keys', scenarioReference),
  section('docs/commands.md', 'commands', commandReference),
  section('docs/control-api.md', 'control calls', controlReference),
];
