/** JSON Schema, for the API description. */
export type Schema = Readonly<Record<string, unknown>>;

const described = (type: string | readonly string[], about: string | undefined): Schema =>
  about === undefined ? { type } : { type, description: about };

export const text = (about?: string): Schema => described('string', about);
export const textOrNull = (about?: string): Schema => described(['string', 'null'], about);
export const integer = (about?: string): Schema => described('integer', about);
export const decimal = (about?: string): Schema => described('number', about);
export const flag = (about?: string): Schema => described('boolean', about);
export const anything: Schema = {};
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object; members whose name ends in `?` are optional. */
export function record(members: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(members);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), members[name]])),
    required: names.filter((name) => !name.endsWith('?')),
  };
}
