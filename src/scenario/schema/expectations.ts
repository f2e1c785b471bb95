import * as z from 'zod/mini';
import { whereSchema } from './matchers.ts';
import { described, durationText, filledText, operationPattern } from './texts.ts';

const location = z.string().check(z.startsWith('$', 'a location is a JSONPath that starts with $'));

const rowSchema = z.strictObject({
  row: described(z.optional(z.union([z.int(), filledText])), 'number or id in the published table'),
  service: described(filledText, "the vendor's name of Apple's service"),
  item: described(filledText, 'name of the data in the published table'),
  direction: described(z.enum(['sent', 'received', 'both']), "from the MDM's point of view"),
  since: described(z.optional(z.int().check(z.minimum(1))), 'first protocol version that has the data'),
  used_for: z.optional(z.string()),
  personal_data: z.enum(['no', 'maybe', 'pseudonym', 'yes']),
  note: z.optional(z.string()),
  at: described(
    z
      .record(filledText, z.union([location, z.array(location).check(z.minLength(1))]))
      .check(z.refine((places) => Object.keys(places).length > 0, 'a row needs at least one operation')),
    'operation names, each with the locations of the data in its exchanges',
  ),
});

/** A declaration file: the data that a vendor declares to exchange with Apple. */
export const declarationSchema = z
  .strictObject({
    name: filledText,
    source: described(z.optional(z.string()), 'where the table is published'),
    rows: z.array(rowSchema).check(z.minLength(1)),
  })
  .register(z.globalRegistry, { title: 'Crabapple data-sent declaration' });

export type DeclarationFile = z.output<typeof declarationSchema>;

const timesSchema = z.union([
  z.int().check(z.minimum(0)),
  z.strictObject({
    at_least: z.optional(z.int().check(z.minimum(0))),
    at_most: z.optional(z.int().check(z.minimum(0))),
  }),
]);

const KINDS = ['operation', 'never', 'in_order', 'data_sent'] as const;

/** The members that each kind of expectation allows. */
const ALLOWED: { readonly [Kind in (typeof KINDS)[number]]: readonly string[] } = {
  operation: ['where', 'fields', 'each', 'times', 'within'],
  never: ['where', 'within'],
  in_order: ['adjacent'],
  data_sent: [],
};

const fields = z.strictObject({
  name: described(z.optional(filledText), 'name in reports'),
  operation: z.optional(operationPattern),
  never: z.optional(operationPattern),
  in_order: described(
    z.optional(z.array(operationPattern).check(z.minLength(2))),
    'the first exchanges of these operations come in this order',
  ),
  data_sent: described(
    z.optional(
      z.strictObject({
        declaration: described(
          z.union([filledText, declarationSchema]),
          'path of a declaration file, relative to this file, or the declaration itself',
        ),
        undeclared: z.optional(z.enum(['fail', 'warn'])),
        unseen: z.optional(z.enum(['fail', 'ignore'])),
      }),
    ),
    'the MDM sends Apple only what a declaration lists',
  ),
  where: described(z.optional(whereSchema), 'selects the exchanges that count'),
  fields: described(z.optional(whereSchema), 'at least one exchange that counts satisfies all of these'),
  each: described(z.optional(whereSchema), 'every exchange that counts satisfies all of these'),
  times: described(z.optional(timesSchema), 'how many exchanges count; default: at least one'),
  within: described(
    z.optional(
      z.strictObject({
        time: durationText,
        after: operationPattern,
        where: described(z.optional(whereSchema), 'selects the exchange that starts the period'),
      }),
    ),
    'only exchanges within this virtual time after the first exchange of another operation',
  ),
  adjacent: described(z.optional(z.boolean()), 'without other exchanges in between'),
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
    const known = word === 'name' || KINDS.some((each) => each === word) || ALLOWED[kind].includes(word);
    if (!known) yield { path: [word], message: `\`${word}\` cannot be combined with \`${kind}\`` };
  }
  yield* countContradictions(given);
  const order = given.in_order ?? [];
  for (const [index, operation] of order.entries()) {
    if (order.indexOf(operation) < index) {
      yield {
        path: ['in_order', index],
        message: `${operation} is listed twice, but it has only one first exchange`,
      };
    }
  }
}

function* countContradictions({ times, fields: some, each }: Fields): Generator<Contradiction> {
  if (times === undefined) return;
  const { at_least, at_most } = typeof times === 'number' ? { at_least: times, at_most: times } : times;
  if (at_least === undefined && at_most === undefined) {
    yield { path: ['times'], message: '`times` is empty: write a number, `at_least` or `at_most`' };
  }
  if ((at_least ?? 0) > (at_most ?? Number.POSITIVE_INFINITY)) {
    yield { path: ['times'], message: `no number is at least ${at_least} and at most ${at_most}` };
  }
  if (at_most === 0 && (some ?? each) !== undefined) {
    yield { path: ['times'], message: 'with `times: 0`, no exchange can satisfy `fields` or `each`' };
  }
}

/** An expectation: what the system under test must send. */
export const expectationSchema = fields.check(
  z.superRefine((given, context) => {
    if (context.issues.length > 0) return;
    for (const { path, message } of contradictions(given)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  }),
);
