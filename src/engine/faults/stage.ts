import { APPROACH, type FaultDefinition } from './definition.ts';

/** When a fault applies: before the handshake, after it and before the first request, or at a request. */
export type Stage = 'approach' | 'greeting' | 'request';

export function stageOf({ on, answer }: Pick<FaultDefinition, 'on' | 'answer'>): Stage {
  if (on !== APPROACH) return 'request';
  return answer !== undefined && ('goaway' in answer || 'stream_limit' in answer) ? 'greeting' : 'approach';
}
