import * as z from 'zod/mini';
import type { Area } from '../../organization/area.ts';
import { ACTION_ARGUMENTS, actionArgumentsFor } from './actions.ts';
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

const FAULT_ACTIONS = {
  set_faults: described(z.array(faultSchema).check(z.minLength(1)), 'faults that apply from then on'),
  clear_faults: described(
    z.union([z.literal(true), z.array(filledText).check(z.minLength(1))]),
    'removes all faults, or those with these ids',
  ),
};

function createEntrySchema(portalActions: Readonly<Record<string, z.ZodMiniType>>) {
  const actions: Readonly<Record<string, z.ZodMiniType>> = { ...portalActions, ...FAULT_ACTIONS };
  const names = Object.keys(actions);
  return z
    .strictObject({
      at: described(z.optional(instantText), 'virtual time'),
      after: described(
        z.optional(z.union([durationText, realSchema, trafficSchema])),
        'time since the start (virtual, or `real`), or after exchanges of an operation',
      ),
      ...Object.fromEntries(names.map((name) => [name, z.optional(actions[name]!)])),
    })
    .check(
      z.superRefine((given, context) => {
        if (context.issues.length > 0) return;
        const done = names.filter((name) => (given as Record<string, unknown>)[name] !== undefined);
        const say = (path: string[], message: string): void =>
          context.addIssue({ code: 'custom', path, message });
        if ((given.at === undefined) === (given.after === undefined)) {
          say(
            given.at === undefined ? [] : ['after'],
            'an entry of the timeline needs either `at` or `after`',
          );
        }
        if (done.length === 0)
          say([], `an entry of the timeline needs an action: one of ${names.join(', ')}`);
        for (const other of done.slice(1)) {
          say([other], `an entry has one action: write two entries for \`${done[0]}\` and \`${other}\``);
        }
      }),
    );
}

type EntrySchema = ReturnType<typeof createEntrySchema>;

/** One portal action of every organization, or change of faults, with its time. */
export const timelineEntrySchema: EntrySchema = createEntrySchema(ACTION_ARGUMENTS);

/** @param areas whose portal actions an entry can have, beside those of every organization */
export const timelineEntrySchemaFor = async (areas: readonly Area[]): Promise<EntrySchema> =>
  areas.length === 0 ? timelineEntrySchema : createEntrySchema(await actionArgumentsFor(areas));

export type TimelineFile = z.output<EntrySchema>;
