import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import type { FieldGroup } from '../../src/engine/fields.ts';
import type { Operation, Service } from '../../src/engine/service.ts';
import { performAction } from '../../src/organization/actions.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { parseAction } from '../../src/scenario/parse.ts';
import { dep } from '../../src/services/dep/index.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { mdmBefore } from '../dep/mdm.ts';
import { SCENARIO, SERIAL } from '../dep/operations.ts';
import { requestOf } from '../dep/requests.ts';
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
    const named = [...GUIDE.matchAll(/`((?:src|test|scenarios|docs|\.ci|\.github)\/[\w./-]+)`/g)].map(
      (match) => match[1]!,
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});

/** The blocks of the guide that are files: ```` ```ts src/services/warranty/area.ts ````. */
const FILES: ReadonlyMap<string, string> = new Map(
  [...GUIDE.matchAll(/^( *)```ts (\S+)\n(.*?)^ *```$/gms)].map(([, indent, path, text]) => [
    path!,
    text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  ]),
);

/** The code with imports of the files that the guide does not have from `root`. */
const importing = (path: string, root: string, rename: (file: string) => string): string =>
  FILES.get(path)!.replaceAll(/(from|declare module) '(\.[^']+)'/g, (all, word: string, name: string) => {
    const target = join(dirname(path), name);
    return FILES.has(target) ? all : `${word} '${rename(resolve(root, target))}'`;
  });

describe('the examples of CONTRIBUTING.md', function () {
  this.timeout(60_000);

  let folder: string;

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function load<Module>(path: string): Promise<Module> {
    return import(pathToFileURL(join(folder, path.replace(/\.ts$/, '.js'))).href) as Promise<Module>;
  }

  before(() => {
    // Inside the repository, so that packages are found.
    folder = mkdtempSync(resolve('build', 'contributing-'));
    const jsName = (file: string) => pathToFileURL(file.replace(/\.ts$/, '.js')).href;
    for (const path of FILES.keys()) {
      write(
        path,
        importing(path, '.', (file) => file),
      );
      const { code } = transformSync(importing(path, 'build', jsName), { loader: 'ts' });
      write(path.replace(/\.ts$/, '.js'), code.replaceAll(/(from ".\/[^"]+)\.ts"/g, '$1.js"'));
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('pass the type check', () => {
    // Absolute imports cannot be rewritten.
    const emit = { noEmit: true, incremental: false, rewriteRelativeImportExtensions: false };
    const options = { ...emit, rootDir: resolve('.') };
    const config = { extends: resolve('tsconfig.json'), compilerOptions: options, include: ['**/*.ts'] };
    write('tsconfig.json', JSON.stringify({ ...config, exclude: [] }));
    const tsc = resolve('node_modules', '.bin', 'tsc');
    const { stdout } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' });
    assert.equal(stdout, '');
  });

  it('add an operation that responds', async () => {
    const { checkDevices } = await load<{ checkDevices: Operation }>('src/services/dep/check-devices.ts');
    const { DEP_FIELDS } = await load<{ DEP_FIELDS: Record<string, FieldGroup> }>(
      'src/services/dep/fields.ts',
    );
    const changed: Service = {
      ...dep,
      operations: [...dep.operations, checkDevices],
      fields: { ...dep.fields, ...DEP_FIELDS },
    };
    const apple = new SimulatedApple({ services: [changed] });
    const where = { '$.body.devices[*]': { equals: SERIAL } };
    const expect = [{ operation: 'dep.devices.check', where }];
    await apple.addScenario({ name: 'Guide', ...SCENARIO, expect }, { default: true });
    const mdm = await mdmBefore(apple);
    const devices = [SERIAL, 'F2LACME00003'];
    const { status, body } = await mdm.call('POST', '/devices/check', { body: { devices } });
    assert.equal(status, 200);
    assert.deepEqual(body, { devices: { [SERIAL]: 'SUCCESS', F2LACME00003: 'NOT_ACCESSIBLE' } });
    const { text } = await mdm.call('POST', '/devices/check', { body: {} });
    assert.equal(text, 'DEVICE_ID_REQUIRED');
    assert.equal(apple.verify().suites[0]?.verdicts[0]?.status, 'passed');
  });

  it('add a service with an area of state that responds', async () => {
    const { warranty, warrantyKey } = await load<{
      warranty: Service;
      warrantyKey: (organization: Organization) => string;
    }>('src/services/warranty/index.ts');
    const served = async (scenario: object | string) => {
      const apple = new SimulatedApple({ services: [warranty] });
      const { organization } = await apple.addScenario(scenario, { default: true });
      const update = async (plan: string, change: object) => {
        const request = requestOf('PATCH', `/plans/${plan}`, {
          headers: { 'x-warranty-key': warrantyKey(organization) },
          body: new TextEncoder().encode(JSON.stringify(change)),
        });
        const outcome = await apple.handle(request);
        assert.ok(outcome.kind === 'response');
        return [outcome.status, outcome.body];
      };
      return { apple, organization, update };
    };
    const { apple, organization, update } = await served({
      name: 'Guide',
      warranty: { plans: { basic: 3 } },
    });
    assert.deepEqual(await update('basic', {}), [200, '{"plan":"basic","seats":3}']);
    assert.deepEqual(await update('basic', { seats: 5 }), [200, '{"plan":"basic","seats":5}']);
    assert.deepEqual(await update('gold', {}), [404, 'NOT_FOUND']);
    const sold = { sell_plan: { plan: 'gold', seats: 7 } };
    performAction(organization, await parseAction(sold, apple.engine.catalog));
    assert.deepEqual(await update('gold', {}), [200, '{"plan":"gold","seats":7}']);
    const again = await served(await apple.exportSnapshot(apple.snapshot()));
    assert.deepEqual(await again.update('gold', {}), [200, '{"plan":"gold","seats":7}']);
    assert.deepEqual(await again.update('basic', {}), [200, '{"plan":"basic","seats":5}']);
  });
});
