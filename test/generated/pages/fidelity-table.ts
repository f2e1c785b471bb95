import { BEHAVIOR_TEXTS } from '../../../src/services/behavior-texts.ts';
import type { ErrorRow } from '../../../src/services/error-row.ts';
import { ERRORS } from '../../../src/services/errors.ts';
import { SERVICES } from '../../services/loaded.ts';
import { table } from './markdown.ts';

const APPLE = /^https:\/\/(developer|support)\.apple\.com\//;

type Sourced = { readonly source: string };

/** How many of them Apple documents, were seen in public, or are our own choice. */
function marks(rows: readonly Sourced[]): readonly string[] {
  const documented = rows.filter(({ source }) => APPLE.test(source)).length;
  const chosen = rows.filter(({ source }) => source === 'default').length;
  return [documented, rows.length - documented - chosen, chosen].map(String);
}

const NAMES = {
  dep: 'Device Enrollment',
  apns: 'Push',
  vpp: 'Apps and Books, and metadata',
} as const;

/** On what each table rests. */
export function fidelityTable(): string {
  const rows = Object.entries(NAMES).flatMap(([service, name]) => {
    const key = service as keyof typeof NAMES;
    const operations = SERVICES.filter((each) => each.name === key).flatMap((each) => each.operations);
    const behaviors = Object.values<readonly [string, string]>(BEHAVIOR_TEXTS[key]).map(([, source]) => ({
      source,
    }));
    const unlike = new Map(operations.map((operation) => [operation.name, operation]));
    return [
      [`${name}: operations`, ...marks([...unlike.values()])],
      [`${name}: errors`, ...marks(Object.values<ErrorRow>(ERRORS[key]))],
      [`${name}: behavior`, ...marks(behaviors)],
    ];
  });
  return table(['table', 'Apple documents it', 'on public record', 'our default'], rows);
}
