import { nearestWord } from '../../engine/matching/nearest-word.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { ControlError, quoted } from './control-error.ts';

/** @throws ControlError for a name that is in no table: nothing would ever match it */
export function checkOperationName({ engine }: SimulatedApple, name: string | undefined): void {
  if (name === undefined) return;
  const names = engine.catalog.operationNames;
  if (names.includes(name)) return;
  const nearest = nearestWord(name, names);
  throw new ControlError(
    400,
    `no operation is named ${quoted(name)}`,
    nearest === undefined
      ? 'GET /_crabapple/openapi.json lists the operations'
      : `did you mean \`${nearest}\`?`,
  );
}
