// Measures what a page loads to use Crabapple with MSW, without MSW itself: the published package, bundled by esbuild as
// a front end would, each file compressed with gzip.
import { relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Kilobytes of 1000 bytes, for the handlers with the core and all services. */
const GOAL = 130;

/** Packages that must stay in chunks of their own. */
const APART = ['yaml', 're2js', 'json-p3', 'jose'];

const { outputs, files } = await bundle();

async function bundle() {
  const result = await build({
    stdin: {
      contents: `export { createCrabapple } from './dist/index.js';
                 export { appleHandlers, refuseRealApple } from './dist/msw.js';`,
      resolveDir: process.cwd(),
      sourcefile: 'page.js',
    },
    external: ['msw'],
    bundle: true,
    splitting: true,
    minify: true,
    // An import of a Node module fails the build.
    platform: 'browser',
    format: 'esm',
    outdir: 'bundle',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  return {
    outputs: result.metafile.outputs,
    files: new Map(
      result.outputFiles.map(({ path, contents }) => [relative(process.cwd(), resolve(path)), contents]),
    ),
  };
}

function outputOf(entry) {
  const found = Object.keys(outputs).find((output) => outputs[output].entryPoint?.endsWith(entry));
  if (found === undefined) throw new Error(`${entry} is in no chunk of its own any more`);
  return found;
}

/** The outputs that load before the first line of `entries` runs. */
function loadedWith(...entries) {
  const loaded = new Set();
  const add = (output) => {
    if (outputs[output] === undefined || loaded.has(output)) return;
    loaded.add(output);
    for (const { path, kind } of outputs[output].imports) if (kind === 'import-statement') add(path);
  };
  for (const entry of entries) add(outputOf(entry));
  return [...loaded];
}

const kilobytes = (loaded) =>
  loaded.reduce((sum, output) => sum + gzipSync(files.get(output), { level: 9 }).length, 0) / 1000;

const packagesIn = (loaded) =>
  new Set(
    loaded
      .flatMap((output) => Object.keys(outputs[output].inputs))
      .map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]),
  );

const SCENARIO = [
  'dist/scenario/load.js',
  'dist/scenario/schema/organization.js',
  'dist/scenario/schema/devices.js',
];

/** Every moment has a ceiling, so that growth is noticed. */
const MOMENTS = [
  { when: 'until the page has its handlers', entries: ['page.js'], goal: GOAL, ceiling: 140 },
  {
    when: 'until MDM servers and devices of a scenario that is an object are read',
    entries: ['page.js', ...SCENARIO],
    ceiling: 160,
  },
];

let failed = false;
for (const { when, entries, goal, ceiling } of MOMENTS) {
  const loaded = loadedWith(...entries);
  const size = kilobytes(loaded);
  const verdict = goal === undefined ? '' : size <= goal ? 'goal met, ' : `goal of ${goal} kB not met, `;
  console.log(
    `${size.toFixed(1)} kB gzip ${when}, in ${loaded.length} files: ${verdict}at most ${ceiling} kB`,
  );
  const packages = packagesIn(loaded);
  const mixedIn = APART.filter((name) => packages.has(name));
  if (mixedIn.length > 0) console.log(`failed: ${mixedIn.join(', ')} must be in a chunk of its own`);
  if (size > ceiling) console.log(`failed: ${(size - ceiling).toFixed(1)} kB more than allowed`);
  failed ||= mixedIn.length > 0 || size > ceiling;
}
for (const name of APART) {
  const output = Object.keys(outputs).find((one) => packagesIn([one]).has(name));
  if (output !== undefined)
    console.log(`${kilobytes([output]).toFixed(1)} kB gzip more where ${name} is needed`);
}
process.exitCode = failed ? 1 : 0;
