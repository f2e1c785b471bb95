import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLOCKS, moves, Traveler } from './traveler.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-03-02T08:00:00Z');

const SERVER = { behavior: { dep: { session_idle: '36500d', cursor_max_age: '3650d' } } };

/** An hour of the story in minutes, many of them twice. */
const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 });

const entriesOf = (dues: readonly number[], kinds: readonly boolean[]): object[] =>
  dues.map((minute, index) => ({
    ...(kinds[index % Math.max(1, kinds.length)]
      ? { at: new Date(START + minute * MINUTE).toISOString() }
      : { after: `${minute}m` }),
    add_devices: [{ serial_number: `AT${minute}N${index}` }],
  }));

const addedOf = ({ organization }: Traveler): readonly string[] => [
  ...organization.enrollment.inventory.namedSerials,
];

/** By their times, and as they stand in the file where times are equal. */
const expectedBy = (now: number, dues: readonly number[]): readonly string[] =>
  dues
    .map((minute, index) => ({ minute, serial: `AT${minute}N${index}` }))
    .filter(({ minute }) => START + minute * MINUTE <= now)
    .toSorted((one, other) => one.minute - other.minute)
    .map(({ serial }) => serial);

describe('tasks that are due', () => {
  for (const [name, clock] of Object.entries(CLOCKS)) {
    it(`of a timeline run in order and at their time, under a ${name} clock`, async () => {
      await fc.assert(
        fc.asyncProperty(
          minutes,
          fc.array(fc.boolean()),
          fc.array(moves, { maxLength: 10 }),
          async (dues, kinds, journey) => {
            const traveler = await Traveler.start(clock, { timeline: entriesOf(dues, kinds) });
            let latest = START;
            for (const move of journey) {
              traveler.move(move);
              traveler.organization.runDueTasks();
              latest = Math.max(latest, traveler.now);
              assert.deepEqual(addedOf(traveler), expectedBy(latest, dues));
            }
          },
        ),
        { numRuns: 60, seed: 61 },
      );
    });
  }

  it('are the same whether time jumps once or moves in many steps', async () => {
    const throttles = fc.array(fc.record({ device: fc.nat(4), minutes: fc.integer({ min: 1, max: 30 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    const cuts = fc.array(fc.integer({ min: 1, max: 39 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(throttles, minutes, cuts, async (throttled, dues, stops) => {
        const story = async (steps: readonly number[]): Promise<string> => {
          const traveler = await Traveler.start(CLOCKS.frozen, {
            ...SERVER,
            behavior: { dep: { ...SERVER.behavior.dep, throttled_in_sync: 'hidden' } },
            devices: Array.from({ length: 5 }, (_, index) => ({ serial_number: `DEVICE${index}` })),
            timeline: entriesOf(dues, []),
          });
          const session = (await traveler.openSession()).body.auth_session_token;
          const { cursor } = (await traveler.dep(session, 'POST', '/server/devices', {})).body;
          const { performAction } = await import('../../src/organization/actions.ts');
          for (const { device, minutes: length } of throttled) {
            const devices = [`DEVICE${device}`];
            performAction(traveler.organization, { throttle_devices: { devices, for: length * MINUTE } });
          }
          for (const by of steps) {
            traveler.move({ kind: 'advance', by: by * MINUTE });
            traveler.organization.runDueTasks();
          }
          // Each with the time at which it happened.
          const { body } = await traveler.dep(session, 'POST', '/devices/sync', { cursor });
          return JSON.stringify(body.devices.map((device: object) => ({ ...device, cursor: undefined })));
        };
        const sorted = [...new Set(stops)].toSorted((one, other) => one - other);
        const steps = [...sorted, 45].map((stop, index) => stop - (sorted[index - 1] ?? 0));
        assert.equal(
          steps.reduce((sum, step) => sum + step, 0),
          45,
        );
        assert.equal(await story(steps), await story([45]));
      }),
      { numRuns: 60, seed: 62 },
    );
  });
});
