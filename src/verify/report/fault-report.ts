import type { FaultAnswer, FaultDefinition } from '../../engine/faults/definition.ts';
import type { FaultTally } from '../../engine/faults/fault-table.ts';
import { counted } from './message.ts';
import type { FaultReport } from './report.ts';

function answerWords(answer: FaultAnswer): string {
  if ('error' in answer) return answer.error;
  const [[name, value] = ['', true]] = Object.entries(answer);
  return value === true ? name : `${name} ${value}`;
}

function doesOf({ answer, rateLimit, latency, bytesPerSecond }: FaultDefinition): string {
  const words = [
    ...(rateLimit === undefined ? [] : [`rate limit by ${rateLimit.by}`]),
    ...(answer === undefined ? [] : [answerWords(answer)]),
    ...(latency === undefined ? [] : ['latency']),
    ...(bytesPerSecond === undefined ? [] : [`${bytesPerSecond} bytes per second`]),
  ];
  return words.join(', ');
}

export const faultReport = ({ id, definition, applied }: FaultTally): FaultReport => ({
  id,
  on: definition.on,
  does: doesOf(definition),
  applied,
});

export const appliedText = (applied: number): string =>
  applied === 0 ? 'never applied' : `applied ${counted(applied, 'time')}`;

export const faultWords = ({ id, on, does, applied }: FaultReport): string =>
  `${id} on ${on}: ${does}, ${appliedText(applied)}`;
