import * as z from 'zod/mini';
import { declarationSchema } from './declaration.ts';
import { described } from './described.ts';
import { whereSchema } from './matchers.ts';
import { durationText, filledText, operationPattern } from './texts.ts';

const timesSchema = z.union([
  z.int().check(z.minimum(0)),
  z.strictObject({
    at_least: z.optional(z.int().check(z.minimum(0))),
    at_most: z.optional(z.int().check(z.minimum(0))),
  }),
]);

const KINDS = ['operation', 'never', 'in_order', 'data_sent'] as const;

/** What may stand beside what. */
const BESIDE: { readonly [Kind in (typeof KINDS)[number]]: readonly string[] } = {
  operation: ['where', 'fields', 'each', 'times', 'within'],
  never: ['where', 'within'],
  in_order: ['adjacent'],
  data_sent: [],
};

const fields = z.strictObject({
  name: described(z.optional(filledText), 'what it is about, as reports say it'),
  operation: z.optional(operationPattern),
  never: z.optional(operationPattern),
  in_order: described(
    z.optional(z.array(operationPattern).check(z.minLength(2))),
    'first occurrences come in this order',
  ),
  data_sent: described(
    z.optional(
      z.strictObject({
        declaration: described(
          z.union([filledText, declarationSchema]),
          'path of a declaration file, beside this file, or the declaration itself',
        ),
        undeclared: z.optional(z.enum(['fail', 'warn'])),
        unseen: z.optional(z.enum(['fail', 'ignore'])),
      }),
    ),
    'what is sent to Apple is what a declaration declares',
  ),
  where: described(z.optional(whereSchema), 'which exchanges count'),
  fields: described(z.optional(whereSchema), 'some exchange that counts satisfies all'),
  each: described(z.optional(whereSchema), 'every exchange that counts satisfies all'),
  times: described(z.optional(timesSchema), 'how many count; at least one where not given'),
  within: described(
    z.optional(
      z.strictObject({
        time: durationText,
        after: operationPattern,
        where: described(z.optional(whereSchema), 'which exchange of that operation counts'),
      }),
    ),
    'only exchanges so soon, in virtual time, after the first of another operation',
  ),
  adjacent: described(z.optional(z.boolean()), 'with nothing in between'),
});

type Fields = z.output<typeof fields>;

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function* contradictions(given: Fields): Generator<Contradiction> {
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined) {
    yield {
      path: [],
      message: `an expectation needs one of ${KINDS.map((word) => `\`${word}\``).join(', ')}`,
    };
    return;
  }
  for (const other of kinds.slice(1)) {
    yield {
      path: [other],
      message: `\`${kind}\` and \`${other}\` exclude each other: write two expectations`,
    };
  }
  for (const word of Object.keys(given)) {
    const known = word === 'name' || KINDS.some((each) => each === word) || BESIDE[kind].includes(word);
    if (!known) yield { path: [word], message: `\`${word}\` says nothing beside \`${kind}\`` };
  }
  yield* countContradictions(given);
  const order = given.in_order ?? [];
  for (const [index, operation] of order.entries()) {
    if (order.indexOf(operation) < index) {
      yield {
        path: ['in_order', index],
        message: `${operation} is named twice; its first occurrence is only one`,
      };
    }
  }
}

function* countContradictions({ times, fields: some, each }: Fields): Generator<Contradiction> {
  if (times === undefined) return;
  const { at_least, at_most } = typeof times === 'number' ? { at_least: times, at_most: times } : times;
  if (at_least === undefined && at_most === undefined) {
    yield { path: ['times'], message: '`times` says nothing: give a number, `at_least` or `at_most`' };
  }
  if ((at_least ?? 0) > (at_most ?? Number.POSITIVE_INFINITY)) {
    yield { path: ['times'], message: `no number is at least ${at_least} and at most ${at_most}` };
  }
  if (at_most === 0 && (some ?? each) !== undefined) {
    yield { path: ['times'], message: 'where none may come, none can satisfy `fields` or `each`' };
  }
}

/** What the system under test must do. */
export const expectationSchema = fields.check(
  z.superRefine((given, context) => {
    if (context.issues.length > 0) return;
    for (const { path, message } of contradictions(given)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  }),
);
