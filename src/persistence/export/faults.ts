import type { FaultAnswer, FaultDefinition, FaultTime, Latency } from '../../engine/faults/definition.ts';
import type { SavedFault } from '../../engine/faults/fault-table.ts';
import { at, duration, said } from './text.ts';

/** A fault with what it has applied, as a file tells it. */
export const faultStateOf = ({
  id,
  definition,
  after,
  until,
  matched,
  applied,
  random,
  buckets,
}: SavedFault) =>
  said({
    id,
    fault: faultOf(definition),
    from: after === null ? undefined : at(after),
    until: until === null ? undefined : at(until),
    matched,
    applied,
    random,
    buckets,
  });

function faultOf({
  answer,
  latency,
  after,
  until,
  rateLimit,
  bytesPerSecond,
  retryAfter,
  ...plain
}: FaultDefinition): object {
  return said({
    ...plain,
    after: timeOf(after),
    until: timeOf(until),
    answer: answer && answerOf(answer),
    rate_limit: rateLimit && { ...rateLimit, per: duration(rateLimit.per) },
    latency: latency === undefined ? undefined : latencyOf(latency),
    bytes_per_second: bytesPerSecond,
    retry_after: retryAfter === undefined ? undefined : duration(retryAfter * 1000),
  });
}

function timeOf(time: FaultTime | undefined): string | undefined {
  if (time === undefined) return undefined;
  return 'at' in time ? at(time.at) : duration(time.elapsed);
}

function latencyOf(latency: Latency): object | string {
  if (typeof latency === 'number') return duration(latency);
  if ('uniform' in latency) return { uniform: latency.uniform.map(duration) };
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: duration(median), sigma } };
}

const answerOf = (answer: FaultAnswer): object | string => ('error' in answer ? answer.error : answer);
