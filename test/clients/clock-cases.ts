import assert from 'node:assert/strict';
import type { JournalEntry } from './crabapple-control.ts';

/** A setting of the virtual clock to run a client under. */
export interface ClockCase {
  readonly name: string;
  /** The `clock` line of the scenario. */
  readonly line: string;
  /** How far the test advances the clock. */
  readonly advance?: string;
  /** Asserts that the times of a complete journal match this clock. */
  readonly assertTimes: (entries: readonly JournalEntry[]) => void;
}

const START = '2026-03-02T08:00:00.000Z';
const DAY = 24 * 60 * 60 * 1000;

const elapsed = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

export const CLOCK_CASES: readonly ClockCase[] = [
  {
    name: 'a running clock',
    line: '',
    assertTimes(entries) {
      for (const { at, wall_at } of entries)
        assert.ok(Math.abs(elapsed(wall_at, at)) < 1000, `${wall_at}: ${at}`);
    },
  },
  {
    name: 'a frozen clock',
    line: `clock: { at: ${START}, rate: 0 }`,
    assertTimes(entries) {
      assert.deepEqual([...new Set(entries.map(({ at }) => at))], [START]);
    },
  },
  {
    name: 'a clock 60 times as fast',
    line: `clock: { at: ${START}, rate: 60 }`,
    assertTimes(entries) {
      const [first, last] = [entries[0]!, entries.at(-1)!];
      const wallTime = elapsed(first.wall_at, last.wall_at);
      // The two times of an entry are read one after the other, possibly on a busy machine.
      assert.ok(Math.abs(elapsed(first.at, last.at) - 60 * wallTime) < 60 * 500, `${first.at} to ${last.at}`);
    },
  },
  {
    name: 'a clock that is advanced by eight days',
    line: `clock: ${START}`,
    advance: '8d',
    assertTimes(entries) {
      const days = [entries[0]!, entries.at(-1)!].map(({ at }) => Math.floor(elapsed(START, at) / DAY));
      assert.deepEqual(days, [0, 8]);
    },
  },
];
