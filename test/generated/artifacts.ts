import { readFileSync } from 'node:fs';
import { declarationJsonSchema, scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { APNS_ERRORS } from '../../src/services/apns/errors.ts';
import { APNS_FIELDS } from '../../src/services/apns/fields.ts';
import { apns } from '../../src/services/apns/index.ts';
import { DEP_ERRORS } from '../../src/services/dep/errors.ts';
import { DEP_FIELDS } from '../../src/services/dep/fields.ts';
import { dep } from '../../src/services/dep/index.ts';
import { metadata } from '../../src/services/metadata/index.ts';
import { VPP_ERRORS } from '../../src/services/vpp/errors.ts';
import { VPP_FIELDS } from '../../src/services/vpp/fields.ts';
import { vppV1 } from '../../src/services/vpp/v1/index.ts';
import { vppV2 } from '../../src/services/vpp/v2/index.ts';
import { exchangeTypes } from './exchange-types.ts';
import { behaviorTable } from './pages/behavior-table.ts';
import { commandReference } from './pages/command-reference.ts';
import { controlReference } from './pages/control-reference.ts';
import { errorTable } from './pages/error-table.ts';
import { fidelityTable } from './pages/fidelity-table.ts';
import { fieldTable } from './pages/field-table.ts';
import { incidentTable } from './pages/incident-table.ts';
import { operationTable } from './pages/operation-table.ts';
import { scenarioReference } from './pages/scenario-reference.ts';
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

const isMetadata = (error: string): boolean => /^(CATALOG|LOOKUP)_/.test(error);

/** The pages of the services, from the tables of operations, errors, fields and behavior. */
const SERVICE_PAGES: readonly Artifact[] = [
  between('docs/services/dep.md', 'operation table', () => operationTable(dep.operations)),
  between('docs/services/dep.md', 'error table', () => errorTable(DEP_ERRORS)),
  between('docs/services/dep.md', 'behavior table', () => behaviorTable('dep')),
  between('docs/services/dep.md', 'field table', () => fieldTable(DEP_FIELDS, true)),
  between('docs/services/apns.md', 'operation table', () => operationTable(apns.operations)),
  between('docs/services/apns.md', 'error table', () => errorTable(APNS_ERRORS)),
  between('docs/services/apns.md', 'behavior table', () => behaviorTable('apns')),
  between('docs/services/apns.md', 'field table', () => fieldTable(APNS_FIELDS, false)),
  between('docs/services/vpp.md', 'operation table', () => operationTable(vppV2.operations)),
  between('docs/services/vpp.md', 'operation table of v1', () => operationTable(vppV1.operations)),
  between('docs/services/vpp.md', 'error table', () => errorTable(VPP_ERRORS, (name) => !isMetadata(name))),
  between('docs/services/vpp.md', 'behavior table', () => behaviorTable('vpp')),
  between('docs/services/vpp.md', 'field table', () => fieldTable(VPP_FIELDS, false)),
  between('docs/services/metadata.md', 'operation table', () => operationTable(metadata.operations)),
  between('docs/services/metadata.md', 'error table', () => errorTable(VPP_ERRORS, isMetadata)),
];

export const ARTIFACTS: readonly Artifact[] = [
  {
    file: 'scenarios/scenario.schema.json',
    wanted: async () => `${JSON.stringify(await scenarioJsonSchema(), undefined, 2)}\n`,
  },
  { file: 'src/organization/inventory/pools.ts', wanted: poolsModule },
  { file: 'src/scenario/scenario-types.ts', wanted: scenarioTypes },
  { file: 'src/scenario/exchange-types.ts', wanted: exchangeTypes },
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
  between('docs/fidelity.md', 'fidelity table', fidelityTable),
  between('docs/incidents.md', 'incident table', incidentTable),
  between('docs/scenario-file.md', 'scenario keys', scenarioReference),
  between('docs/commands.md', 'commands', commandReference),
  between('docs/control-api.md', 'control calls', controlReference),
];
