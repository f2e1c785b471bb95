import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG } from '../src/services/index.ts';
import { exchangeTypes } from './exchange-types.ts';
import { scenarioTypes } from './scenario-types.ts';

/**
 * Writes the types that follow from the scenario schema and from the tables of the services. `src` needs them to
 * compile, so this program is bundled without a type check.
 */
const FOLDER = 'src/scenario/generated';

mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, 'scenario-types.ts'), await scenarioTypes(CATALOG));
writeFileSync(join(FOLDER, 'exchange-types.ts'), exchangeTypes(CATALOG));
