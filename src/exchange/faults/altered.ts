import type { Outcome } from '../../http/outcome.ts';
import type { Fault } from './fault-table.ts';

/** What a fault does to an outcome, whoever made it. */
export function altered(outcome: Outcome, fault: Fault | undefined): Outcome {
  if (fault === undefined || outcome.kind !== 'response') return outcome;
  const { latency, answer } = fault.definition;
  const slow = latency === undefined ? outcome : { ...outcome, pace: { delay: latency } };
  if (answer === undefined || !('stream_limit' in answer)) return slow;
  const limit = { kind: 'stream_limit', maxConcurrentStreams: answer.stream_limit } as const;
  return { ...slow, effects: [...(slow.effects ?? []), limit] };
}
