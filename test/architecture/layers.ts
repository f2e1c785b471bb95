/**
 * The layers of `src`, lowest first, as the prefixes of paths. A file belongs to the longest prefix that matches it,
 * and imports from its own layer or a lower one. Folders of one layer do not import each other.
 */
export const LAYERS: readonly (readonly string[])[] = [
  ['core'],
  [
    'services/behavior',
    'services/error',
    'services/field',
    'services/apple-hosts.ts',
    'services/service-name.ts',
    'engine/matching',
  ],
  ['organization'],
  ['services'],
  ['engine'],
  ['scenario'],
  ['verify'],
  ['persistence', 'recording'],
  ['simulated-apple.ts'],
  ['api'],
  ['index.ts'],
  ['transports/body.ts', 'transports/header-fields.ts', 'transports/receiver.ts'],
  ['transports/msw'],
  ['pki', 'transports', 'testing/guard', 'package.ts', 'server/defaults.ts'],
  ['server/control'],
  ['persistence/data', 'server'],
  ['server/receiver.ts', 'server/open-server.ts', 'msw.ts'],
  ['server.ts', 'testing'],
  ['mocha.ts', 'vitest.ts'],
  ['cli'],
];

/** Declarations of one service, which the layers above and below it read. */
const DECLARATIONS = /^services\/\w+\/(?:behavior|errors|fields|pages)/;

const PORTABLE_LAYERS = 13;

/** The entry of `LAYERS` that a file belongs to. */
function entryOf(file: string): string | undefined {
  if (DECLARATIONS.test(file)) return 'services/behavior';
  return LAYERS.flat()
    .filter((entry) => file.startsWith(entry))
    .sort((one, other) => other.length - one.length)[0];
}

/** -1 where no layer has it. */
export function layerOf(file: string): number {
  const entry = entryOf(file);
  return entry === undefined ? -1 : LAYERS.findIndex((entries) => entries.includes(entry));
}

/** Whether everything in a layer runs in a browser too. */
export const isPortable = (layer: number): boolean => layer >= 0 && layer < PORTABLE_LAYERS;
