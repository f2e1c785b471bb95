import type { Schema } from '../schema.ts';
import { type NamedGroup, reference } from './field-schemas.ts';

/** Steps of a location below its root: `.devices[*]` are the items of a list, `.devices.*` the members of an object. */
const STEP = /\.([A-Za-z_]\w*)|(\.\*)|(\[\*\])/g;

/** The combined schema of the field groups below a root of an operation; undefined without groups. */
export function placedSchema(
  operation: string,
  root: string,
  groups: readonly NamedGroup[],
): Schema | undefined {
  const schemas = groups.flatMap((named) =>
    named.group.places
      .filter((place) => place.operation === operation && isBelow(place.at, root))
      .map((place) => wrapped(reference(named), place.at.slice(root.length))),
  );
  return schemas.length > 1 ? { allOf: schemas } : schemas[0];
}

const isBelow = (at: string, root: string): boolean =>
  at === root || (/^[.[]/.test(at.slice(root.length)) && at.startsWith(root));

function wrapped(schema: Schema, steps: string): Schema {
  return [...steps.matchAll(STEP)].reduceRight<Schema>((inner, [, member, ofObject]) => {
    if (member !== undefined) return { type: 'object', properties: { [member]: inner } };
    return ofObject === undefined
      ? { type: 'array', items: inner }
      : { type: 'object', additionalProperties: inner };
  }, schema);
}
