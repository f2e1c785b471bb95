import * as z from 'zod/mini';

/** The members of a schema's `def` that this file reads. */
interface Definition {
  readonly type: string;
  readonly in?: z.ZodMiniType;
  readonly innerType?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly options?: readonly z.ZodMiniType[];
  readonly items?: readonly z.ZodMiniType[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly valueType?: z.ZodMiniType;
}

export const definitionOf = (schema: z.ZodMiniType): Definition => schema.def as unknown as Definition;

export const words = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ');

export interface Named {
  readonly name: string;
  readonly about: string;
  readonly schema: z.ZodMiniType;
  /** The type, if it is narrower than what the schema says. */
  readonly text?: string;
}

export const indented = (text: string): string => text.replaceAll('\n', '\n  ');

const listed = (element: string): string =>
  /^\w+$/.test(element) ? `readonly ${element}[]` : `readonly (${element})[]`;

/** Strings and arrays have a `length` too, and would match an object type whose only required member is `length`. */
const neitherTextNorList = (shape: Readonly<Record<string, z.ZodMiniType>>): string =>
  'length' in shape ? '\nreadonly [Symbol.iterator]?: undefined;' : '';

/** Writes the TypeScript types of schemas. A schema in the list is written as its name. */
export class SchemaTypes {
  readonly #named: readonly Named[];

  constructor(named: readonly Named[]) {
    this.#named = named;
  }

  #nameOf(schema: z.ZodMiniType): string | undefined {
    const inner = definitionOf(schema).in;
    const found = this.#named.find(
      (each) =>
        each.schema === schema ||
        // A refined or transformed schema has the input of the schema inside.
        (inner !== undefined && (inner === each.schema || inner === definitionOf(each.schema).in)),
    );
    return found?.name;
  }

  /** The type of a schema's input. */
  #typeOf(schema: z.ZodMiniType): string {
    return this.#nameOf(schema) ?? this.#formOf(schema);
  }

  #formOf(schema: z.ZodMiniType): string {
    const definition = definitionOf(schema);
    switch (definition.type) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'unknown':
        return definition.type;
      case 'literal':
        return words(definition.values!);
      case 'enum':
        return words(Object.values(definition.entries!));
      case 'array':
        return listed(this.#typeOf(definition.element!));
      case 'tuple':
        return `readonly [${definition.items!.map((each) => this.#typeOf(each)).join(', ')}]`;
      case 'record':
        return `{ readonly [name: string]: ${this.#typeOf(definition.valueType!)} }`;
      case 'union':
        return [...new Set(definition.options!.map((each) => this.#typeOf(each)))].join(' | ');
      case 'nullable':
        return `${this.#typeOf(definition.innerType!)} | null`;
      case 'pipe':
        return this.#typeOf(definition.in!);
      case 'object':
        return `{\n  ${indented(this.membersOf(definition.shape!) + neitherTextNorList(definition.shape!))}\n}`;
      default:
        throw new Error(
          `tools/scenario-types.ts has no TypeScript type for the schema type ${definition.type}`,
        );
    }
  }

  membersOf(shape: Readonly<Record<string, z.ZodMiniType>>): string {
    return Object.entries(shape)
      .map(([name, member]) => {
        const { type, innerType } = definitionOf(member);
        const optional = type === 'optional';
        const inner = optional ? innerType! : member;
        const about =
          z.globalRegistry.get(member)?.description ??
          (this.#nameOf(inner) === undefined ? z.globalRegistry.get(inner)?.description : undefined);
        const comment = about === undefined ? '' : `/** ${about} */\n`;
        const form = this.#typeOf(inner);
        const missing = optional && form !== 'unknown' ? ' | undefined' : '';
        return `${comment}readonly ${name}${optional ? '?' : ''}: ${form}${missing};`;
      })
      .join('\n');
  }

  /** The declaration of a named type. */
  declaration({ name, about, schema, text }: Named): string {
    const comment = `/** ${about} */\n`;
    const definition = definitionOf(schema);
    if (text === undefined && definition.type === 'object') {
      return `${comment}export interface ${name} {\n  ${indented(this.membersOf(definition.shape!))}\n}\n`;
    }
    const form = text ?? this.#formOf(schema);
    return `${comment}export type ${name} =${form.startsWith('\n') ? '' : ' '}${form};\n`;
  }
}
