import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { isPortable, LAYERS } from './layers.ts';

const GUIDE = readFileSync('CONTRIBUTING.md', 'utf8');

interface Row {
  readonly layer: number;
  readonly entries: readonly string[];
  readonly inBrowsers: boolean;
}

/** Reads rows such as `| 8 | `persistence`, `recording` | yes | … |`. */
function documentedLayers(): readonly Row[] {
  return [...GUIDE.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]*)\| /gm)].map(([, layer, entries, browsers]) => ({
    layer: Number(layer),
    entries: [...entries!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
    inBrowsers: browsers!.trim() === 'yes',
  }));
}

describe('CONTRIBUTING.md', () => {
  it('lists the layers that the import test checks, in their order', () => {
    const checked = LAYERS.map((entries, index) => ({
      layer: index + 1,
      entries,
      inBrowsers: isPortable(index),
    }));
    assert.deepEqual(documentedLayers(), checked);
  });

  it('names only files and folders that exist', () => {
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
