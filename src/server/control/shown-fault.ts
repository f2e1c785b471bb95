import { anything, decimal, integer, record, type Schema, text, textOrNull } from './schema.ts';

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
  applied: integer('requests that it was applied to'),
});
