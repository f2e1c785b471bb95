import * as z from 'zod/mini';
import { SUBJECTS } from '../../src/engine/matching/location.ts';
import type { BehaviorSetting } from '../../src/organization/behavior.ts';
import { actionSchema } from '../../src/scenario/schema/actions.ts';
import { behaviorSchema, describeBehavior } from '../../src/scenario/schema/behavior.ts';
import { adamId, appSchema, locationSchema } from '../../src/scenario/schema/content.ts';
import { declarationSchema } from '../../src/scenario/schema/declaration.ts';
import {
  deviceItemSchema,
  generatedDevicesSchema,
  literalDeviceSchema,
} from '../../src/scenario/schema/devices.ts';
import { expectationSchema } from '../../src/scenario/schema/expectations.ts';
import {
  errorName,
  errorNumber,
  faultAnswerSchema,
  faultSchema,
  faultTarget,
} from '../../src/scenario/schema/faults.ts';
import {
  matcherSchema,
  ownershipSchema,
  plainMatcher,
  whereSchema,
} from '../../src/scenario/schema/matchers.ts';
import { accountSchema, mdmServerSchema, serverTokenSchema } from '../../src/scenario/schema/organization.ts';
import { pushSchema } from '../../src/scenario/schema/push.ts';
import { wholeScenarioSchema } from '../../src/scenario/schema/scenario.ts';
import { stateSchema } from '../../src/scenario/schema/state/state.ts';
import { durationText, instantText, operationPattern } from '../../src/scenario/schema/texts.ts';
import { timelineEntrySchema } from '../../src/scenario/schema/timeline.ts';
import { CATALOG, SERVICES } from '../../src/services/index.ts';

/** What the walk needs of a schema's own account of itself. */
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

const definitionOf = (schema: z.ZodMiniType): Definition => schema.def as unknown as Definition;

const words = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ');

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `\n  | ${words([value])}`).join('');

const errorNames = [...new Set(SERVICES.flatMap(({ errors }) => Object.keys(errors)))];
const numbers = errorNames.filter((name) => /^\d+$/.test(name));

/** One part of a duration, of which there may be several. */
const PART = `\${number}\${Unit}`;

interface Named {
  readonly name: string;
  readonly about: string;
  readonly schema: z.ZodMiniType;
  /** Where the type says more than the schema, which leaves the rest to the checks. */
  readonly text?: string;
}

/** Every type that has a name of its own, in the order in which they are read. */
const NAMED: readonly Named[] = [
  {
    name: 'Scenario',
    about: 'A scenario: one organization of the simulated Apple.',
    schema: await wholeScenarioSchema(CATALOG),
  },
  { name: 'ScenarioAccount', about: 'What `GET /account` tells, and the terms.', schema: accountSchema },
  { name: 'ScenarioMdmServer', about: 'An MDM server in the portal.', schema: mdmServerSchema },
  { name: 'ScenarioServerToken', about: 'What a server token carries.', schema: serverTokenSchema },
  { name: 'ScenarioDevice', about: 'One device, or many by the number.', schema: deviceItemSchema },
  {
    name: 'NamedDevice',
    about: 'One device by its serial number; what is left out is made up from the seed.',
    schema: literalDeviceSchema,
  },
  {
    name: 'GeneratedDevices',
    about: 'Devices by the number, made from the seed; they cost nothing until they are touched.',
    schema: generatedDevicesSchema,
  },
  { name: 'ScenarioPush', about: 'What the push service knows beside the devices.', schema: pushSchema },
  { name: 'ScenarioLocation', about: 'A location of Apps and Books.', schema: locationSchema },
  { name: 'ScenarioApp', about: 'Facts of an app or a book in the store.', schema: appSchema },
  {
    name: 'ScenarioState',
    // Left out of the reference: nobody writes it by hand.
    about: 'What has become of all that, as exported snapshots tell it. @internal',
    schema: stateSchema,
  },
  {
    name: 'BehaviorSettings',
    about: 'How Apple behaves; each key has a default.',
    schema: behaviorSchema(CATALOG.behavior),
  },
  { name: 'Fault', about: 'What goes wrong, and when.', schema: faultSchema },
  { name: 'FaultAnswer', about: 'What is answered in place of the true answer.', schema: faultAnswerSchema },
  {
    name: 'TimelineEntry',
    about: 'One thing that happens of its own accord: when, and one action of the portal or on faults.',
    schema: timelineEntrySchema,
    text: 'TimelineMoment & (Action | FaultAction)',
  },
  {
    name: 'Expectation',
    about: 'What the system under test must do: one of `operation`, `never`, `in_order` and `data_sent`.',
    schema: expectationSchema,
  },
  {
    name: 'DataSentDeclaration',
    about: 'What a vendor declares to exchange with Apple.',
    schema: declarationSchema,
  },
  {
    name: 'Where',
    about: 'Locations such as `$.body.profile_name` (JSONPath), and what must stand there; all must hold.',
    schema: whereSchema,
    text: `{ readonly [Location in \`$\${string}\` | ${words(Object.keys(SUBJECTS))}]?: Matcher | undefined }`,
  },
  {
    name: 'Matcher',
    about: 'What a value must be; of several members all must hold.',
    schema: matcherSchema,
  },
  { name: 'NegatedMatcher', about: 'What a value must not be.', schema: plainMatcher },
  {
    name: 'Ownership',
    about: "Any of the organization's, those of the MDM server that asks, or those of a named one.",
    schema: ownershipSchema,
  },
  {
    name: 'OperationPattern',
    about: 'An operation by its name, or several by a pattern in which `*` stands for any characters.',
    schema: operationPattern,
    text: `OperationName | \`\${string}*\${string}\``,
  },
  {
    name: 'FaultTarget',
    about: 'The operations that are applied; `connection`: before the first request of one.',
    schema: faultTarget,
    text: "OperationPattern | 'connection'",
  },
  {
    name: 'AppleErrorName',
    about: "One of Apple's errors, by its name in the error table of the service.",
    schema: errorName,
    text: lines([...new Set(errorNames)].sort()),
  },
  {
    name: 'AppleErrorNumber',
    about: 'An error of Apps and Books.',
    schema: errorNumber,
    text: lines(numbers.map(Number)),
  },
  {
    name: 'AdamId',
    about: 'The number of an app or book in the store; as text where it is too long for a number.',
    schema: adamId,
  },
  {
    name: 'Instant',
    about: 'An instant as text: `2026-03-02` or `2026-03-02T08:00:00Z`.',
    schema: instantText,
    text: 'string',
  },
  {
    name: 'Duration',
    about: 'A duration: `500ms`, `30s`, `10m`, `24h`, `7d`, `1h30m` or `1 h 30 m`.',
    schema: durationText,
    text: [1, 2, 3].map((parts) => `\`${PART.repeat(parts)}\``).join(' | '),
  },
];

const nameOf = (schema: z.ZodMiniType, but?: z.ZodMiniType): string | undefined => {
  const inner = definitionOf(schema).in;
  const found = NAMED.find(
    (each) =>
      each.schema !== but &&
      (each.schema === schema ||
        // What is checked or transformed once more is written the same.
        (inner !== undefined && (inner === each.schema || inner === definitionOf(each.schema).in))),
  );
  return found?.name;
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/** What may be written where a schema stands. */
function typeOf(schema: z.ZodMiniType): string {
  return nameOf(schema) ?? formOf(schema);
}

const listed = (element: string): string =>
  /^\w+$/.test(element) ? `readonly ${element}[]` : `readonly (${element})[]`;

function formOf(schema: z.ZodMiniType): string {
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
      return listed(typeOf(definition.element!));
    case 'tuple':
      return `readonly [${definition.items!.map(typeOf).join(', ')}]`;
    case 'record':
      return `{ readonly [name: string]: ${typeOf(definition.valueType!)} }`;
    case 'union':
      return [...new Set(definition.options!.map(typeOf))].join(' | ');
    case 'nullable':
      return `${typeOf(definition.innerType!)} | null`;
    case 'pipe':
      return typeOf(definition.in!);
    case 'object':
      return `{\n  ${indented(membersOf(definition.shape!) + neitherTextNorList(definition.shape!))}\n}`;
    default:
      throw new Error(`what may be written for a schema of the type ${definition.type}?`);
  }
}

/** Texts and lists have a `length` as well, and would fit a form that has it and needs nothing. */
const neitherTextNorList = (shape: Readonly<Record<string, z.ZodMiniType>>): string =>
  'length' in shape ? '\nreadonly [Symbol.iterator]?: undefined;' : '';

function membersOf(shape: Readonly<Record<string, z.ZodMiniType>>): string {
  return Object.entries(shape)
    .map(([name, member]) => {
      const { type, innerType } = definitionOf(member);
      const optional = type === 'optional';
      const inner = optional ? innerType! : member;
      const about =
        z.globalRegistry.get(member)?.description ??
        (nameOf(inner) === undefined ? z.globalRegistry.get(inner)?.description : undefined);
      const comment = about === undefined ? '' : `/** ${about} */\n`;
      const form = typeOf(inner);
      const missing = optional && form !== 'unknown' ? ' | undefined' : '';
      return `${comment}readonly ${name}${optional ? '?' : ''}: ${form}${missing};`;
    })
    .join('\n');
}

/** An action has one member; what each takes, by its name. */
function actions(): string {
  const shape = Object.assign({}, ...actionSchema.def.options.map((option) => option.shape)) as Readonly<
    Record<string, z.ZodMiniType>
  >;
  return `/** What each action of the portal takes, by its name. */
export interface ActionArguments {
  ${indented(membersOf(shape))}
}

/** Something that an administrator does in Apple's portal, or that happens to devices: one member. */
export type Action = {
  [Name in keyof ActionArguments]: { readonly [Only in Name]: ActionArguments[Name] };
}[keyof ActionArguments];
`;
}

/** The parts of an entry of the timeline, which the schema has as members of one object. */
function timeline(): string {
  const { at, after, ...done } = timelineEntrySchema.shape as Readonly<Record<string, z.ZodMiniType>>;
  const inner = (member: z.ZodMiniType): z.ZodMiniType => definitionOf(member).innerType!;
  const form = (name: string): string => membersOf({ [name]: inner(done[name]!) });
  return `/** When something happens: at a virtual time, or after a time or traffic. */
export type TimelineMoment = {
  ${indented(membersOf({ at: inner(at!) }))}
} | {
  ${indented(membersOf({ after: inner(after!) }))}
};

/** What goes wrong from then on, or no more. */
export type FaultAction = {
  ${indented(form('set_faults'))}
} | {
  ${indented(form('clear_faults'))}
};
`;
}

function named({ name, about, schema, text }: Named): string {
  const comment = `/** ${about} */\n`;
  const definition = definitionOf(schema);
  if (text === undefined && definition.type === 'object') {
    return `${comment}export interface ${name} {\n  ${indented(membersOf(definition.shape!))}\n}\n`;
  }
  const form = text ?? formOf(schema);
  return `${comment}export type ${name} =${form.startsWith('\n') ? '' : ' '}${form};\n`;
}

/** The type of a behavior setting's value. */
function valueType(key: BehaviorSetting): string {
  switch (key.kind) {
    case 'integer':
    case 'duration':
      return 'number';
    case 'choice':
      return words(key.words);
    case 'flag':
      return 'boolean';
    case 'text':
      return 'string';
    case 'text_list':
      return 'readonly string[]';
  }
}

describeBehavior(CATALOG.behavior);

/** Every key with the value in force. */
function behaviorValues(): string {
  const services = Object.entries(CATALOG.behavior).map(([service, table]) => {
    const members = Object.entries(table).map(
      ([name, key]) =>
        `/** ${key.about}${key.kind === 'duration' ? '; milliseconds' : ''} */\nreadonly ${name}: ${valueType(key)};`,
    );
    return `readonly ${service}: {\n  ${indented(members.join('\n'))}\n};`;
  });
  return `/** How Apple behaves: every key with its value. */
export interface BehaviorValues {
  ${indented(services.join('\n'))}
}
`;
}

/** Locations of an operation: what its exchanges are known to have is completed, any other JSONPath may stand too. */
const LOCATIONS = `/** Members of the query, the body and the answer of an operation, as locations. */
export type LocationOf<Operation extends OperationName> =
  | \`$.query.\${NamesIn<Exchanges[Operation]['query']>}\`
  | \`$.body.\${NamesIn<Exchanges[Operation]['body']>}\`
  | \`$.response.body.\${NamesIn<Exchanges[Operation]['answer']>}\`;

type NamesIn<Part> = string extends keyof Part ? never : keyof Part & string;

/** The same as \`Where\`, with the locations of one operation. */
export type WhereOf<Operation extends OperationName> = Where & {
  readonly [Location in LocationOf<Operation>]?: Matcher | undefined;
};
`;

/** Everything that can be written in a scenario, as types: made from the schema, with its descriptions. */
export const scenarioTypes =
  (): string => `// Made by \`npm run generate\` from the schema and the tables of the catalog: alter those.
import type { Exchanges } from './exchange-types.ts';

/** An operation by its name. */
export type OperationName =${lines([...new Set(CATALOG.operationNames)])};

${NAMED.map(named).join('\n')}
type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';

${actions()}
${timeline()}
${behaviorValues()}
${LOCATIONS}`;
