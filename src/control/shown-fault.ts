import type { Fault } from '../exchange/faults/fault-table.ts';
import { shownInstant } from './instants.ts';
import { anything, decimal, integer, record, type Schema, text, textOrNull } from './schema.ts';

const bounded = (time: number): string | null | undefined =>
  Number.isFinite(time) ? shownInstant(time) : undefined;

/** In the form in which it could be set again, with what it has done. */
export function shownFault({
  id,
  definition,
  after,
  until,
  matched,
  struck,
}: Fault): Record<string, unknown> {
  const { on, where, nth, times, probability, answer, latency, retryAfter } = definition;
  return {
    id,
    on,
    where,
    nth,
    times,
    after: bounded(after),
    until: bounded(until),
    probability,
    answer: answer !== undefined && 'error' in answer ? answer.error : answer,
    latency: latency === undefined ? undefined : `${latency}ms`,
    retry_after: retryAfter === undefined ? undefined : `${retryAfter}s`,
    matched,
    struck,
  };
}

export const FAULT_SCHEMA: Schema = record({
  id: text(),
  on: text('operation name; * stands for any characters'),
  'where?': anything,
  'nth?': integer(),
  'times?': integer(),
  'after?': textOrNull('virtual time'),
  'until?': textOrNull('virtual time'),
  'probability?': decimal(),
  'answer?': anything,
  'latency?': text(),
  'retry_after?': text(),
  matched: integer('requests that it matched'),
  struck: integer('requests that it struck'),
});
