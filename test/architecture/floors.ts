/** From the ground floor up; a room imports from its own floor or below. */
export const FLOORS: readonly (readonly string[])[] = [
  ['runtime'],
  ['http'],
  ['catalogue', 'matching'],
  ['organization'],
  ['services'],
  ['exchange'],
  ['scenario'],
  ['verify'],
  ['snapshots', 'recording'],
  ['simulated-apple.ts'],
  ['api'],
  ['index.ts'],
  ['pki', 'doors', 'guard', 'package.ts', 'server-defaults.ts'],
  ['control'],
  ['serving', 'data'],
  ['receiver.ts', 'open-server.ts', 'msw'],
  ['server.ts', 'msw.ts', 'fixtures'],
  ['mocha.ts', 'vitest.ts'],
  ['cli'],
];

/** These run in a browser as well. */
export const CORE = new Set(FLOORS.slice(0, 12).flat());

export const floorOf = (room: string): number => FLOORS.findIndex((rooms) => rooms.includes(room));
