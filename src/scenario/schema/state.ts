import * as z from 'zod/mini';
import type { Area } from '../../organization/area.ts';
import { CORE_AREAS } from '../../organization/areas.ts';
import { fileMembers, fileName } from '../../organization/encodings.ts';
import type { Kind, MemberKinds } from '../../organization/members.ts';
import { type ReadableState, START_MEMBERS } from '../../organization/states.ts';
import { SCENARIO_AREAS } from '../areas.ts';
import { toFault } from '../to-definition.ts';
import { mdmInfoSchema } from './content.ts';
import { literalDeviceSchema } from './devices.ts';
import { faultSchema } from './faults.ts';
import { publicKey } from './push.ts';
import { described, filledText, instantText } from './texts.ts';

type Schema = z.ZodMiniType;
type Shape = Record<string, Schema>;

/** Values whose form another section of a scenario file has. */
const SECTIONS: Readonly<Record<string, Schema>> = {
  device: literalDeviceSchema,
  fault: z.pipe(faultSchema, z.transform(toFault)),
  mdm_info: mdmInfoSchema,
  public_key: publicKey,
};

const withAbout = (schema: Schema, about: string | undefined): Schema =>
  about === undefined ? schema : described(schema, about);

/** Whether a record of a file may leave a member out. */
const isOptional = (kind: Kind): boolean =>
  kind.kind === 'optional' || (kind.kind === 'instant' && kind.never);

/** The form of members in a file, from their description. */
class StateSchemas {
  readonly #areas: readonly Area[];

  constructor(areas: readonly Area[]) {
    this.#areas = areas;
  }

  state(): Schema {
    const top = this.#areas.filter(({ place }) => place === 'top').map(({ members }) => members);
    const sections = this.#areas
      .filter(({ place, members }) => place === 'section' && fileMembers(members).length > 0)
      .map(({ name, members, about }) => [
        name,
        withAbout(z.optional(z.strictObject(this.#partial(members))), about),
      ]);
    return z.strictObject({
      ...this.#partial(Object.assign({}, START_MEMBERS, ...top) as MemberKinds),
      ...(Object.fromEntries(sections) as Shape),
    });
  }

  /** Everything can be left out, except for the given member. */
  #partial(members: MemberKinds, key?: string): Shape {
    return this.#shape(members, (name) => name !== key);
  }

  record(members: MemberKinds): Schema {
    return z.strictObject(this.#shape(members, (_, kind) => isOptional(kind)));
  }

  #shape(members: MemberKinds, isLeftOut: (name: string, kind: Kind) => boolean): Shape {
    return Object.fromEntries(
      fileMembers(members).map(([name, kind]) => {
        const schema = this.schema(kind.kind === 'optional' ? kind.of : kind);
        const given = isLeftOut(name, kind) ? z.optional(schema) : schema;
        return [fileName(name, kind), withAbout(given, kind.about)];
      }),
    );
  }

  schema(kind: Kind): Schema {
    switch (kind.kind) {
      case 'text': {
        const text = kind.empty ? z.string() : filledText;
        return kind.form === undefined
          ? text
          : z.string().check(z.regex(kind.form.pattern, kind.form.message));
      }
      case 'integer': {
        const { least, most } = kind;
        return z
          .int()
          .check(
            ...(least === undefined ? [] : [z.minimum(least)]),
            ...(most === undefined ? [] : [z.maximum(most)]),
          );
      }
      case 'real_instant':
        return z.int().check(z.minimum(0));
      case 'number':
        return z.number();
      case 'flag':
        return z.boolean();
      case 'instant':
        return instantText;
      case 'choice':
        return typeof kind.words[0] === 'string'
          ? z.enum(kind.words as [string, ...string[]])
          : z.literal(kind.words as number[]);
      case 'object':
        return z.record(z.string(), z.unknown());
      case 'section':
        return SECTIONS[kind.section]!;
      case 'device':
        return z.union([filledText, z.int().check(z.minimum(0))]);
      case 'registration':
        return z.union([filledText, z.int()]);
      case 'server':
      case 'profile':
        return filledText;
      case 'planned_change':
        return this.#plannedChange();
      case 'optional':
        return z.optional(this.schema(kind.of));
      case 'list': {
        const { least, length } = kind;
        return z
          .array(this.schema(kind.of))
          .check(...(length !== undefined ? [z.length(length)] : least > 0 ? [z.minLength(least)] : []));
      }
      case 'set':
        return z.array(this.schema(kind.of));
      case 'tuple':
        return z.tuple(kind.of.map((of) => this.schema(of)) as [Schema, ...Schema[]]);
      case 'pairs':
        return kind.mapping
          ? z.record(z.string(), this.schema(kind.of))
          : z.array(z.tuple([this.schema(kind.key), this.schema(kind.of)]));
      case 'index':
        return z.array(this.schema(kind.of));
      case 'record':
        return this.record(kind.members);
      case 'one_of':
        return z.union(kind.of.map((of) => this.schema(of)) as [Schema, ...Schema[]]);
      case 'each':
        return z.array(z.strictObject(this.#partial(kind.members, kind.key)));
      case 'fixed':
      case 'transient':
      case 'compact':
      case 'store':
        return z.never();
    }
  }

  /** One of the changes that the areas let others plan. */
  #plannedChange(): Schema {
    const shapes = this.#areas.flatMap(({ plannable }) =>
      Object.entries(plannable).map(([type, { members }]) => [type, z.optional(this.record(members))]),
    );
    return z.strictObject(Object.fromEntries(shapes) as Shape).check(
      z.refine((change) => Object.values(change).filter((given) => given !== undefined).length === 1, {
        message: 'a planned change is one change',
      }),
    );
  }
}

/** The form of `state:`, from the descriptions of the areas. */
const createStateSchema = (areas: readonly Area[]): z.ZodMiniType<ReadableState> =>
  described(
    new StateSchemas([...CORE_AREAS, ...SCENARIO_AREAS, ...areas]).state() as z.ZodMiniType<ReadableState>,
    'the state of an exported organization; what is left out is as the rest of the file describes it',
  );

/** Of an organization with the areas of every organization only. */
export const stateSchema = createStateSchema([]);

/** @param areas beside those of every organization */
export const stateSchemaFor = (areas: readonly Area[]): z.ZodMiniType<ReadableState> =>
  areas.length === 0 ? stateSchema : createStateSchema(areas);

/** The form of the sections that areas have in a scenario file. */
export const areaSections = (areas: readonly Area[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(
    areas.flatMap(({ name, about, scenario }) =>
      scenario === undefined
        ? []
        : [[name, withAbout(z.optional(new StateSchemas(areas).record(scenario.members)), about)]],
    ),
  );

/** The argument of each portal action of areas. */
export function areaActions(areas: readonly Area[]): Readonly<Record<string, Schema>> {
  const schemas = new StateSchemas(areas);
  return Object.fromEntries(
    areas.flatMap(({ actionArguments }) =>
      Object.entries(actionArguments).map(([name, kind]) => [
        name,
        withAbout(schemas.schema(kind), kind.about),
      ]),
    ),
  );
}
