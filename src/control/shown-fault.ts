import type { Latency } from '../exchange/faults/definition.ts';
import type { Fault } from '../exchange/faults/fault-table.ts';
import { shownInstant } from './instants.ts';
import { anything, decimal, integer, record, type Schema, text, textOrNull } from './schema.ts';

const bounded = (time: number): string | null | undefined =>
  Number.isFinite(time) ? shownInstant(time) : undefined;

const shown = (milliseconds: number): string => `${milliseconds}ms`;

function shownLatency(latency: Latency): unknown {
  if (typeof latency === 'number') return shown(latency);
  if ('uniform' in latency) return { uniform: latency.uniform.map(shown) };
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: shown(median), sigma } };
}

/** In the form in which it could be set again, with what it has done. */
export function shownFault({
  id,
  definition,
  after,
  until,
  matched,
  struck,
}: Fault): Record<string, unknown> {
  const { on, host, where, nth, times, probability, answer, latency, retryAfter } = definition;
  const { rateLimit, bytesPerSecond } = definition;
  return {
    id,
    on,
    host,
    where,
    nth,
    times,
    after: bounded(after),
    until: bounded(until),
    probability,
    answer: answer !== undefined && 'error' in answer ? answer.error : answer,
    rate_limit: rateLimit === undefined ? undefined : { ...rateLimit, per: shown(rateLimit.per) },
    latency: latency === undefined ? undefined : shownLatency(latency),
    bytes_per_second: bytesPerSecond,
    retry_after: retryAfter === undefined ? undefined : `${retryAfter}s`,
    matched,
    struck,
  };
}

export const FAULT_SCHEMA: Schema = record({
  id: text(),
  on: text('operation name; * stands for any characters'),
  'host?': text(),
  'where?': anything,
  'nth?': integer(),
  'times?': integer(),
  'after?': textOrNull('virtual time'),
  'until?': textOrNull('virtual time'),
  'probability?': decimal(),
  'answer?': anything,
  'rate_limit?': anything,
  'latency?': anything,
  'bytes_per_second?': integer(),
  'retry_after?': text(),
  matched: integer('requests that it matched'),
  struck: integer('requests that it struck'),
});
