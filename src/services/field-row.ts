import type { Direction, Field, FieldType, PersonalData } from './field.ts';

export interface FieldExtra {
  /** First protocol version that has it; 1 where not given. */
  readonly since?: number;
  readonly personal?: PersonalData;
  /** Rows of the published table that it belongs to. */
  readonly rows?: readonly number[];
}

const field =
  <Way extends Direction>(direction: Way) =>
  <const Name extends string, const Type extends FieldType>(
    name: Name,
    type: Type,
    extra: FieldExtra = {},
  ): Field<Name, Type, Way> => ({
    name,
    type,
    since: extra.since ?? 1,
    direction,
    personal: extra.personal ?? 'no',
    ...(extra.rows ? { declarationRows: extra.rows } : {}),
  });

export const sent = field('sent');
export const received = field('received');
export const both = field('both');
