import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { CORE, FLOORS } from './floors.ts';

const GUIDE = readFileSync('CONTRIBUTING.md', 'utf8');

interface Row {
  readonly floor: number;
  readonly rooms: readonly string[];
  readonly inBrowsers: boolean;
}

/** `| 3 | `catalogue`, `matching` | yes | … |` */
function drawn(): readonly Row[] {
  return [...GUIDE.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]*)\| /gm)].map(([, floor, rooms, browsers]) => ({
    floor: Number(floor),
    rooms: [...rooms!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
    inBrowsers: browsers!.trim() === 'yes',
  }));
}

describe('the map of the rooms that contributors read', () => {
  it('has the floors that imports are checked by, in their order', () => {
    const wanted = FLOORS.map((rooms, index) => ({
      floor: index + 1,
      rooms,
      inBrowsers: rooms.every((room) => CORE.has(room)),
    }));
    assert.deepEqual(drawn(), wanted);
  });

  it('names files and folders that are there', () => {
    const INVENTED = new Set(['src/services/dep/device-color.ts', 'test/dep/device-color.test.ts']);
    const named = [...GUIDE.matchAll(/`((?:src|test|scenarios|docs|\.ci|\.github)\/[\w./-]+)`/g)].map(
      (match) => match[1]!,
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((path) => !INVENTED.has(path) && !existsSync(path)),
      [],
    );
  });
});
