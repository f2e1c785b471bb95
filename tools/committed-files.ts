import { readFileSync } from 'node:fs';
import { declarationJsonSchema, scenarioJsonSchema } from '../src/scenario/json-schema.ts';
import { APNS_ERRORS } from '../src/services/apns/errors.ts';
import { APNS_FIELDS } from '../src/services/apns/fields.ts';
import { apns } from '../src/services/apns/index.ts';
import { DEP_ERRORS } from '../src/services/dep/errors.ts';
import { DEP_FIELDS } from '../src/services/dep/fields.ts';
import { dep } from '../src/services/dep/index.ts';
import { metadata } from '../src/services/metadata/index.ts';
import { VPP_ERRORS } from '../src/services/vpp/errors.ts';
import { VPP_FIELDS } from '../src/services/vpp/fields.ts';
import { vppV1 } from '../src/services/vpp/v1/index.ts';
import { vppV2 } from '../src/services/vpp/v2/index.ts';
import {
  commandReference,
  controlReference,
  incidentTable,
  scenarioReference,
} from './docs/reference-pages.ts';
import {
  behaviorTable,
  errorTable,
  fidelityTable,
  fieldTable,
  operationTable,
} from './docs/service-pages.ts';
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

const isMetadata = (error: string): boolean => /^(CATALOG|LOOKUP)_/.test(error);

export const COMMITTED_FILES: readonly CommittedFile[] = [
  { file: 'scenarios/scenario.schema.json', content: async () => json(await scenarioJsonSchema()) },
  { file: 'scenarios/declarations/declaration.schema.json', content: () => json(declarationJsonSchema()) },
  { file: 'src/organization/inventory/pools.ts', content: poolsModule },
  section(
    'README.md',
    'first scenario',
    () => `\`\`\`yaml\n${readFileSync('scenarios/first-day.yaml', 'utf8')}\`\`\``,
  ),
  section('docs/services/dep.md', 'operation table', () => operationTable(dep.operations)),
  section('docs/services/dep.md', 'error table', () => errorTable(DEP_ERRORS)),
  section('docs/services/dep.md', 'behavior table', () => behaviorTable('dep')),
  section('docs/services/dep.md', 'field table', () => fieldTable(DEP_FIELDS, true)),
  section('docs/services/apns.md', 'operation table', () => operationTable(apns.operations)),
  section('docs/services/apns.md', 'error table', () => errorTable(APNS_ERRORS)),
  section('docs/services/apns.md', 'behavior table', () => behaviorTable('apns')),
  section('docs/services/apns.md', 'field table', () => fieldTable(APNS_FIELDS, false)),
  section('docs/services/vpp.md', 'operation table', () => operationTable(vppV2.operations)),
  section('docs/services/vpp.md', 'operation table of v1', () => operationTable(vppV1.operations)),
  section('docs/services/vpp.md', 'error table', () => errorTable(VPP_ERRORS, (name) => !isMetadata(name))),
  section('docs/services/vpp.md', 'behavior table', () => behaviorTable('vpp')),
  section('docs/services/vpp.md', 'field table', () => fieldTable(VPP_FIELDS, false)),
  section('docs/services/metadata.md', 'operation table', () => operationTable(metadata.operations)),
  section('docs/services/metadata.md', 'error table', () => errorTable(VPP_ERRORS, isMetadata)),
  section('docs/fidelity.md', 'fidelity table', fidelityTable),
  section('docs/incidents.md', 'incident table', incidentTable),
  section('docs/scenario-file.md', 'scenario keys', scenarioReference),
  section('docs/commands.md', 'commands', commandReference),
  section('docs/control-api.md', 'control calls', controlReference),
];
