import type * as z from 'zod/mini';
import type { Path } from './problem.ts';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly innerType?: z.ZodMiniType;
  readonly in?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly valueType?: z.ZodMiniType;
  readonly options?: readonly z.ZodMiniType[];
}

const definitionOf = (schema: z.ZodMiniType): Definition => schema.def as unknown as Definition;

/** The object schemas that may stand at a path. */
function objectsAt(schema: z.ZodMiniType, path: Path): readonly Definition[] {
  const definition = definitionOf(schema);
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return objectsAt(inner, path);
  if (definition.options !== undefined)
    return definition.options.flatMap((option) => objectsAt(option, path));
  const [step, ...rest] = path;
  if (definition.shape !== undefined) {
    if (step === undefined) return [definition];
    const member = Object.hasOwn(definition.shape, step) ? definition.shape[step] : undefined;
    return member === undefined ? [] : objectsAt(member, rest);
  }
  const element = definition.element ?? definition.valueType;
  return element !== undefined && step !== undefined ? objectsAt(element, rest) : [];
}

/** Keys that a mapping at a path may have; of several forms the one that shares a key with the value. */
export function knownKeys(schema: z.ZodMiniType, path: Path, value: unknown): readonly string[] {
  const forms = objectsAt(schema, path).map(({ shape }) => Object.keys(shape!));
  const given = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const shared = (form: readonly string[]): number => given.filter((key) => form.includes(key)).length;
  const best = forms.toSorted((one, other) => shared(other) - shared(one))[0];
  return best !== undefined && shared(best) > 0 ? best : [...new Set(forms.flat())];
}
