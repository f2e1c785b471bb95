import * as z from 'zod/mini';
import { SUBJECTS } from '../src/engine/matching/location.ts';
import { describeBehavior } from '../src/scenario/json-schema.ts';
import { OPERATION_NAMES } from '../src/scenario/operations.ts';
import { actionSchema } from '../src/scenario/schema/actions.ts';
import { behaviorSchema } from '../src/scenario/schema/behavior.ts';
import { adamId, appSchema, locationSchema } from '../src/scenario/schema/content.ts';
import {
  deviceItemSchema,
  generatedDevicesSchema,
  literalDeviceSchema,
} from '../src/scenario/schema/devices.ts';
import { declarationSchema, expectationSchema } from '../src/scenario/schema/expectations.ts';
import {
  errorName,
  errorNumber,
  faultAnswerSchema,
  faultSchema,
  faultTarget,
} from '../src/scenario/schema/faults.ts';
import {
  matcherSchema,
  ownershipSchema,
  plainMatcher,
  whereSchema,
} from '../src/scenario/schema/matchers.ts';
import { accountSchema, mdmServerSchema, serverTokenSchema } from '../src/scenario/schema/organization.ts';
import { pushSchema } from '../src/scenario/schema/push.ts';
import { fullScenarioSchema } from '../src/scenario/schema/scenario.ts';
import { stateSchema } from '../src/scenario/schema/state.ts';
import { durationText, instantText, operationPattern } from '../src/scenario/schema/texts.ts';
import { timelineEntrySchema } from '../src/scenario/schema/timeline.ts';
import { BEHAVIOR } from '../src/services/behavior.ts';
import type { BehaviorKey } from '../src/services/behavior-setting.ts';
import { BEHAVIOR_TEXTS } from '../src/services/behavior-texts.ts';
import { ERRORS } from '../src/services/errors.ts';

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

const definitionOf = (schema: z.ZodMiniType): Definition => schema.def as unknown as Definition;

const words = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ');

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `\n  | ${words([value])}`).join('');

const errorNames = Object.values(ERRORS).flatMap((table) => Object.keys(table));
const numbers = errorNames.filter((name) => /^\d+$/.test(name));

/** One part of a duration; a duration has up to three. */
const PART = `\${number}\${Unit}`;

interface Named {
  readonly name: string;
  readonly about: string;
  readonly schema: z.ZodMiniType;
  /** The type, if it is narrower than what the schema says. */
  readonly text?: string;
}

/** Every named type, in the order of the file. */
const NAMED: readonly Named[] = [
  {
    name: 'Scenario',
    about: 'A scenario: one organization of the simulated Apple.',
    schema: await fullScenarioSchema(),
  },
  {
    name: 'ScenarioAccount',
    about: 'The organization as `GET /account` returns it, and its terms and conditions.',
    schema: accountSchema,
  },
  { name: 'ScenarioMdmServer', about: 'An MDM server of the organization.', schema: mdmServerSchema },
  { name: 'ScenarioServerToken', about: 'The content of a server token.', schema: serverTokenSchema },
  {
    name: 'ScenarioDevice',
    about: 'One device, or a number of generated devices.',
    schema: deviceItemSchema,
  },
  {
    name: 'NamedDevice',
    about: 'One device with its serial number. Missing members are generated from the seed.',
    schema: literalDeviceSchema,
  },
  {
    name: 'GeneratedDevices',
    about: 'A number of devices, generated from the seed when they are first used.',
    schema: generatedDevicesSchema,
  },
  { name: 'ScenarioPush', about: 'Topic, certificates and keys of the push service.', schema: pushSchema },
  { name: 'ScenarioLocation', about: 'A location of Apps and Books.', schema: locationSchema },
  { name: 'ScenarioApp', about: 'An app or a book in the store.', schema: appSchema },
  {
    name: 'ScenarioState',
    // Not in the reference: only exported snapshots contain it.
    about: 'The state of an exported snapshot. @internal',
    schema: stateSchema,
  },
  { name: 'BehaviorSettings', about: 'Behavior settings; each has a default.', schema: behaviorSchema },
  {
    name: 'Fault',
    about: 'An injected failure: which requests it matches, and its effect.',
    schema: faultSchema,
  },
  { name: 'FaultAnswer', about: 'The response of a fault.', schema: faultAnswerSchema },
  {
    name: 'TimelineEntry',
    about: 'One planned event: when it happens, and one portal action or fault action.',
    schema: timelineEntrySchema,
    text: 'TimelineMoment & (Action | FaultAction)',
  },
  {
    name: 'Expectation',
    about:
      'A requirement for the system under test: one of `operation`, `never`, `in_order` and `data_sent`.',
    schema: expectationSchema,
  },
  {
    name: 'DataSentDeclaration',
    about: 'The data that a vendor declares to exchange with Apple.',
    schema: declarationSchema,
  },
  {
    name: 'Where',
    about: 'JSONPath locations such as `$.body.profile_name`, each with a matcher. All must match.',
    schema: whereSchema,
    text: `{ readonly [Location in \`$\${string}\` | ${words(Object.keys(SUBJECTS))}]?: Matcher | undefined }`,
  },
  {
    name: 'Matcher',
    about: 'A condition on a value. If it has several members, all must hold.',
    schema: matcherSchema,
  },
  { name: 'NegatedMatcher', about: 'A condition that must not hold.', schema: plainMatcher },
  {
    name: 'Ownership',
    about: "Any of the organization's, those of the requesting MDM server, or those of a named MDM server.",
    schema: ownershipSchema,
  },
  {
    name: 'OperationPattern',
    about: 'The name of an operation, or a pattern in which `*` matches any characters.',
    schema: operationPattern,
    text: `OperationName | \`\${string}*\${string}\``,
  },
  {
    name: 'FaultTarget',
    about:
      'The operations that a fault matches; `connection` matches a new connection before its first request.',
    schema: faultTarget,
    text: "OperationPattern | 'connection'",
  },
  {
    name: 'AppleErrorName',
    about: "The name of one of Apple's errors in the error table of the service.",
    schema: errorName,
    text: lines([...new Set(errorNames)].sort()),
  },
  {
    name: 'AppleErrorNumber',
    about: 'An error number of Apps and Books.',
    schema: errorNumber,
    text: lines(numbers.map(Number)),
  },
  {
    name: 'AdamId',
    about: 'The number of an app or book in the store; a string if it is too large for a number.',
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
        // A refined or transformed schema has the input of the schema inside.
        (inner !== undefined && (inner === each.schema || inner === definitionOf(each.schema).in))),
  );
  return found?.name;
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/** The type of a schema's input. */
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
      throw new Error(
        `tools/scenario-types.ts has no TypeScript type for the schema type ${definition.type}`,
      );
  }
}

/** Strings and arrays have a `length` too, and would match an object type whose only required member is `length`. */
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

/** `ActionArguments` and `Action`: an action has exactly one member. */
function actions(): string {
  const shape = Object.assign({}, ...actionSchema.def.options.map((option) => option.shape)) as Readonly<
    Record<string, z.ZodMiniType>
  >;
  return `/** The argument of each portal action, by the name of the action. */
export interface ActionArguments {
  ${indented(membersOf(shape))}
}

/** A portal action: exactly one member, named after the action. */
export type Action = {
  [Name in keyof ActionArguments]: { readonly [Only in Name]: ActionArguments[Name] };
}[keyof ActionArguments];
`;
}

/** The parts of a timeline entry, which are members of one object in the schema. */
function timeline(): string {
  const { at, after, ...done } = timelineEntrySchema.shape as Readonly<Record<string, z.ZodMiniType>>;
  const inner = (member: z.ZodMiniType): z.ZodMiniType => definitionOf(member).innerType!;
  const form = (name: string): string => membersOf({ [name]: inner(done[name]!) });
  return `/** When a timeline entry happens: at a virtual time, or after a duration or a request. */
export type TimelineMoment = {
  ${indented(membersOf({ at: inner(at!) }))}
} | {
  ${indented(membersOf({ after: inner(after!) }))}
};

/** Sets or clears faults. */
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
function valueType(key: BehaviorKey): string {
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

describeBehavior();

/** `BehaviorValues`: the current value of every setting. */
function behaviorValues(): string {
  const services = Object.entries(BEHAVIOR).map(([service, table]) => {
    const texts: Readonly<Record<string, readonly string[]>> =
      BEHAVIOR_TEXTS[service as keyof typeof BEHAVIOR];
    const members = Object.entries(table as Readonly<Record<string, BehaviorKey>>).map(
      ([name, key]) =>
        `/** ${texts[name]![0]}${key.kind === 'duration' ? '; milliseconds' : ''} */\nreadonly ${name}: ${valueType(key)};`,
    );
    return `readonly ${service}: {\n  ${indented(members.join('\n'))}\n};`;
  });
  return `/** Every behavior setting with its current value. */
export interface BehaviorValues {
  ${indented(services.join('\n'))}
}
`;
}

/** Editors complete the known locations of an operation; any other JSONPath is allowed too. */
const LOCATIONS = `/** Locations of the members of an operation's query, request body and response body. */
export type LocationOf<Operation extends OperationName> =
  | \`$.query.\${NamesIn<Exchanges[Operation]['query']>}\`
  | \`$.body.\${NamesIn<Exchanges[Operation]['body']>}\`
  | \`$.response.body.\${NamesIn<Exchanges[Operation]['answer']>}\`;

type NamesIn<Part> = string extends keyof Part ? never : keyof Part & string;

/** \`Where\` with the locations of one operation. */
export type WhereOf<Operation extends OperationName> = Where & {
  readonly [Location in LocationOf<Operation>]?: Matcher | undefined;
};
`;

/** The source text of `scenario-types.ts`: everything that a scenario can contain, with the schema's descriptions. */
export const scenarioTypes =
  (): string => `// Made by \`npm run generate\` from the schema and the tables of the catalog: alter those.
import type { Exchanges } from './exchange-types.ts';

/** The name of an operation. */
export type OperationName =${lines([...new Set(OPERATION_NAMES)])};

${NAMED.map(named).join('\n')}
type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';

${actions()}
${timeline()}
${behaviorValues()}
${LOCATIONS}`;
