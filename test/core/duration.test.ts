import assert from 'node:assert/strict';
import { parseDuration } from '../../src/core/duration.ts';

const GOOD: readonly (readonly [text: string, milliseconds: number])[] = [
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['0s', 0],
  [' 10m ', 600_000],
  ['10 m', 600_000],
  ['1h 30m', 5_400_000],
  ['1 h 30 m', 5_400_000],
  ['0.4ms', 0],
];

const BAD = [
  '',
  ' ',
  '10',
  'm',
  '-1m',
  '10x',
  '1h-5m',
  '1h,5m',
  '10M',
  '1e3s',
  '.5h',
  `${'9'.repeat(30)}d`,
  '10mm',
  '1 0m',
  '10 m s',
  '١٠m',
];

describe('durations', () => {
  for (const [text, milliseconds] of GOOD)
    it(`${JSON.stringify(text)} is ${milliseconds} ms`, () =>
      assert.equal(parseDuration(text), milliseconds));
  for (const text of BAD)
    it(`${JSON.stringify(text)} is no duration`, () => assert.equal(parseDuration(text), undefined));
});
