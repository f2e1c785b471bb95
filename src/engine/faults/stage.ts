import { CONNECTION, type FaultDefinition } from './definition.ts';

/** When a fault applies: before the handshake, after it and before the first request, or at a request. */
export type Stage = 'handshake' | 'connection' | 'request';

export function stageOf({ on, answer }: Pick<FaultDefinition, 'on' | 'answer'>): Stage {
  if (on !== CONNECTION) return 'request';
  return answer !== undefined && ('goaway' in answer || 'stream_limit' in answer)
    ? 'connection'
    : 'handshake';
}
