import * as z from 'zod/mini';
import { actionSchema } from './actions.ts';
import { faultSchema } from './faults.ts';
import { described, durationText, filledText, instantText, operationPattern } from './texts.ts';

const LONGEST_REAL = 24 * 24 * 60 * 60 * 1000;

const trafficSchema = z.strictObject({
  operation: operationPattern,
  times: described(z.optional(z.int().check(z.minimum(1))), 'after this number of exchanges; default: 1'),
});

const realSchema = z.strictObject({
  real: durationText.check(z.refine((elapsed) => elapsed <= LONGEST_REAL, 'a real time is at most 24d')),
});

const actions = {
  ...(Object.assign({}, ...actionSchema.def.options.map(({ shape }) => shape)) as Record<
    string,
    z.ZodMiniType
  >),
  set_faults: described(z.array(faultSchema).check(z.minLength(1)), 'faults that apply from then on'),
  clear_faults: described(
    z.union([z.literal(true), z.array(filledText).check(z.minLength(1))]),
    'removes all faults, or those with these ids',
  ),
};

const ACTIONS = Object.keys(actions);

/** One portal action or change of faults, with its time. */
export const timelineEntrySchema = z
  .strictObject({
    at: described(z.optional(instantText), 'virtual time'),
    after: described(
      z.optional(z.union([durationText, realSchema, trafficSchema])),
      'time since the start (virtual, or `real`), or after exchanges of an operation',
    ),
    ...Object.fromEntries(Object.entries(actions).map(([name, schema]) => [name, z.optional(schema)])),
  })
  .check(
    z.superRefine((given, context) => {
      if (context.issues.length > 0) return;
      const done = ACTIONS.filter((name) => (given as Record<string, unknown>)[name] !== undefined);
      const say = (path: string[], message: string): void =>
        context.addIssue({ code: 'custom', path, message });
      if ((given.at === undefined) === (given.after === undefined)) {
        say(given.at === undefined ? [] : ['after'], 'an entry of the timeline needs either `at` or `after`');
      }
      if (done.length === 0)
        say([], `an entry of the timeline needs an action: one of ${ACTIONS.join(', ')}`);
      for (const other of done.slice(1)) {
        say([other], `an entry has one action: write two entries for \`${done[0]}\` and \`${other}\``);
      }
    }),
  );

export type TimelineFile = z.output<typeof timelineEntrySchema>;
