import assert from 'node:assert/strict';
import type { JournalEntry } from './crabapple-control.ts';

/** A way in which virtual time goes by while a client works. */
export interface ClockCase {
  readonly name: string;
  /** The line of the scenario. */
  readonly line: string;
  /** How far the clock is put on in the middle of the story. */
  readonly advance?: string;
  /** Asserts that the times of a whole journal are as this clock makes them. */
  readonly held: (entries: readonly JournalEntry[]) => void;
}

const START = '2026-03-02T08:00:00.000Z';
const DAY = 24 * 60 * 60 * 1000;

const passed = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

export const CLOCK_CASES: readonly ClockCase[] = [
  {
    name: 'a running clock',
    line: '',
    held(entries) {
      for (const { at, wall_at } of entries)
        assert.ok(Math.abs(passed(wall_at, at)) < 1000, `${wall_at}: ${at}`);
    },
  },
  {
    name: 'a frozen clock',
    line: `clock: { at: ${START}, rate: 0 }`,
    held(entries) {
      assert.deepEqual([...new Set(entries.map(({ at }) => at))], [START]);
    },
  },
  {
    name: 'a clock sixty times as fast',
    line: `clock: { at: ${START}, rate: 60 }`,
    held(entries) {
      const [first, last] = [entries[0]!, entries.at(-1)!];
      const really = passed(first.wall_at, last.wall_at);
      // Both times of an entry are read one after the other, on a machine that may be busy.
      assert.ok(Math.abs(passed(first.at, last.at) - 60 * really) < 60 * 500, `${first.at} to ${last.at}`);
    },
  },
  {
    name: 'a clock that is put on by eight days',
    line: `clock: ${START}`,
    advance: '8d',
    held(entries) {
      const days = [entries[0]!, entries.at(-1)!].map(({ at }) => Math.floor(passed(START, at) / DAY));
      assert.deepEqual(days, [0, 8]);
    },
  },
];
