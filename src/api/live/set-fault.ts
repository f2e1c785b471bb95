import type { Latency } from '../../engine/faults/definition.ts';
import type { Fault } from '../../engine/faults/fault-table.ts';
import type { Duration, Fault as FaultForm } from '../../scenario/scenario-types.ts';
import type { SetFault } from '../faults.ts';
import { shownInstant } from '../instants.ts';

const bounded = (time: number | undefined): string | null | undefined =>
  time === undefined ? undefined : shownInstant(time);

const shown = (milliseconds: number): Duration => `${milliseconds}ms`;

function shownLatency(latency: Latency): FaultForm['latency'] {
  if (typeof latency === 'number') return shown(latency);
  if ('uniform' in latency) {
    const [least, most] = latency.uniform;
    return { uniform: [shown(least), shown(most)] };
  }
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: shown(median), sigma } };
}

/** In the form in which it could be set again, with what it has done. */
export function faultAsSet({ id, definition, from, until, matched, applied }: Fault): SetFault {
  const { on, host, where, nth, times, probability, answer, latency, retryAfter } = definition;
  const { rateLimit, bytesPerSecond } = definition;
  return {
    id,
    // The checks saw to it that these are names that there are.
    on: on as SetFault['on'],
    host,
    where,
    nth,
    times,
    after: bounded(from),
    until: bounded(until),
    probability,
    answer: (answer !== undefined && 'error' in answer ? answer.error : answer) as SetFault['answer'],
    rate_limit: rateLimit === undefined ? undefined : { ...rateLimit, per: shown(rateLimit.per) },
    latency: latency === undefined ? undefined : shownLatency(latency),
    bytes_per_second: bytesPerSecond,
    retry_after: retryAfter === undefined ? undefined : `${retryAfter}s`,
    matched,
    applied,
  };
}
